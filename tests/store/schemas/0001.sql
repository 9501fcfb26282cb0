PRAGMA application_id = 1230458186;
BEGIN TRANSACTION;
CREATE TABLE entry (
	sequence INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	pack TEXT NOT NULL, 
	recorded_at BIGINT NOT NULL, 
	author TEXT NOT NULL, 
	via TEXT NOT NULL, 
	pack_hash TEXT NOT NULL, 
	body TEXT NOT NULL, 
	previous_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_entry PRIMARY KEY (sequence), 
	CONSTRAINT uq_entry_id UNIQUE (id)
);
INSERT INTO "entry" VALUES(1,'01a216b6-05a7-754b-b84f-46f9dd8d6dcc','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','11683110b8b87b9e9a6c4beb8a7764249031d145c4b0b8e521643afed7b21f7b');
INSERT INTO "entry" VALUES(2,'01a216b6-05a7-7103-b53b-1eca1d9d8369','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','11683110b8b87b9e9a6c4beb8a7764249031d145c4b0b8e521643afed7b21f7b','712d66cc1b07b302a83f8dbef93a804d6c3217267bcc879daca8783ada593970');
INSERT INTO "entry" VALUES(3,'01a216b6-05a7-7ee4-983a-195197f13e05','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','712d66cc1b07b302a83f8dbef93a804d6c3217267bcc879daca8783ada593970','99d86bc7e56985c77e52d0b79ab5791c3344a54cecb9d06891505a57facabe88');
INSERT INTO "entry" VALUES(4,'01a216b6-05a7-72d8-8af4-4a81b43973c0','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','99d86bc7e56985c77e52d0b79ab5791c3344a54cecb9d06891505a57facabe88','16d53a05f077815bb8aaab56ed9948a33d0dd9d39d663914e86395c497484afd');
INSERT INTO "entry" VALUES(5,'01a216b6-05a7-7b55-b180-5f8b23033523','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','16d53a05f077815bb8aaab56ed9948a33d0dd9d39d663914e86395c497484afd','54c6e421abf6f57485a880ef23918376c517abfb723042ca0ded53fd5c8d8e15');
INSERT INTO "entry" VALUES(6,'01a216b6-05a7-71c1-a9b7-77a304433d9f','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','54c6e421abf6f57485a880ef23918376c517abfb723042ca0ded53fd5c8d8e15','472e87272222c4c3e045dc9b9324b233b72f84e526245386de63ca4a9e9a8192');
INSERT INTO "entry" VALUES(7,'01a216b6-05a7-7ed5-a5dd-67f903074283','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','472e87272222c4c3e045dc9b9324b233b72f84e526245386de63ca4a9e9a8192','aa6eef1d9ca57df38dd6588846163dfc8b6b910da2d8182647fa5848c19fb60c');
INSERT INTO "entry" VALUES(8,'01a216b6-05a7-7a19-ad13-e5936574a4cd','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','aa6eef1d9ca57df38dd6588846163dfc8b6b910da2d8182647fa5848c19fb60c','14f548f4d234e52f39592e7816809a5efe221171968fa359fadb5e65e824b14e');
INSERT INTO "entry" VALUES(9,'01a216b6-05a7-7592-8b4c-f6f95f7ab99c','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','14f548f4d234e52f39592e7816809a5efe221171968fa359fadb5e65e824b14e','ebd413d1bc7106509d942a3069938c90eea8560234171e9eff12887303e2b0d3');
INSERT INTO "entry" VALUES(10,'01a216b6-05a7-79a0-a2cc-8d3870b2fd37','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','ebd413d1bc7106509d942a3069938c90eea8560234171e9eff12887303e2b0d3','bffaf49fb01c6612aca176039174b37d3a65c7f843acab3a0d06e1586c52af39');
INSERT INTO "entry" VALUES(11,'01a216b6-05a7-7163-a497-e637f2070a26','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','bffaf49fb01c6612aca176039174b37d3a65c7f843acab3a0d06e1586c52af39','2b0359f60dab00b91f9aa084a56ea2d423d85465f122fdbeca89e416f919bee4');
INSERT INTO "entry" VALUES(12,'01a216b6-05a7-7436-8c91-c264607c19c4','observation','multi-front',1795677357479679,'maya','import','bd2ae4e87df31f8192b5656190c649eee82ca51518f4d09e0e78aa20b157264c','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','2b0359f60dab00b91f9aa084a56ea2d423d85465f122fdbeca89e416f919bee4','7cf117284ea5fbcc2265f89364e78e7876188296dbe0297d27baa04d424acd87');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0001');
CREATE TABLE observation (
	sequence INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	pack TEXT NOT NULL, 
	indicator TEXT NOT NULL, 
	level SMALLINT NOT NULL, 
	reliability TEXT NOT NULL, 
	credibility SMALLINT NOT NULL, 
	originator TEXT NOT NULL, 
	observed_at BIGINT NOT NULL, 
	published_at BIGINT, 
	recorded_at BIGINT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	CONSTRAINT pk_observation PRIMARY KEY (sequence), 
	CONSTRAINT fk_observation_sequence_entry FOREIGN KEY(sequence) REFERENCES entry (sequence), 
	CONSTRAINT ck_observation_level CHECK (level BETWEEN 0 AND 4), 
	CONSTRAINT ck_observation_credibility CHECK (credibility BETWEEN 1 AND 6), 
	CONSTRAINT ck_observation_recorded_after_observed CHECK (recorded_at >= observed_at)
);
INSERT INTO "observation" VALUES(1,'01a216b6-05a7-754b-b84f-46f9dd8d6dcc','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795677357479679,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216b6-05a7-7103-b53b-1eca1d9d8369','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795677357479679,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216b6-05a7-7ee4-983a-195197f13e05','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795677357479679,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216b6-05a7-72d8-8af4-4a81b43973c0','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795677357479679,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216b6-05a7-7b55-b180-5f8b23033523','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795677357479679,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216b6-05a7-71c1-a9b7-77a304433d9f','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795677357479679,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216b6-05a7-7ed5-a5dd-67f903074283','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795677357479679,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216b6-05a7-7a19-ad13-e5936574a4cd','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795677357479679,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216b6-05a7-7592-8b4c-f6f95f7ab99c','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795677357479679,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216b6-05a7-79a0-a2cc-8d3870b2fd37','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795677357479679,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216b6-05a7-7163-a497-e637f2070a26','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795677357479679,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216b6-05a7-7436-8c91-c264607c19c4','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795677357479679,'6a902edef9fcdfddf48cb87ae7454e52');
CREATE TABLE retraction (
	sequence INTEGER NOT NULL, 
	pack TEXT NOT NULL, 
	observation_sequence INTEGER NOT NULL, 
	recorded_at BIGINT NOT NULL, 
	CONSTRAINT pk_retraction PRIMARY KEY (sequence), 
	CONSTRAINT fk_retraction_sequence_entry FOREIGN KEY(sequence) REFERENCES entry (sequence), 
	CONSTRAINT fk_retraction_observation_sequence_observation FOREIGN KEY(observation_sequence) REFERENCES observation (sequence), 
	CONSTRAINT uq_retraction_observation_sequence UNIQUE (observation_sequence)
);
CREATE INDEX ix_observation_indicator_pack_observed_at_sequence ON observation (indicator, pack, observed_at, sequence);
CREATE TRIGGER entry_refuses_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entry_refuses_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entry_refuses_replace BEFORE INSERT ON entry WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entry) OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'the journal is append-only and without gaps'); END;
CREATE TRIGGER observation_refuses_update BEFORE UPDATE ON observation BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER observation_refuses_delete BEFORE DELETE ON observation BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER observation_refuses_replace BEFORE INSERT ON observation WHEN EXISTS (SELECT 1 FROM observation WHERE sequence = NEW.sequence) BEGIN SELECT RAISE(ABORT, 'the journal is append-only and without gaps'); END;
CREATE TRIGGER retraction_refuses_update BEFORE UPDATE ON retraction BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER retraction_refuses_delete BEFORE DELETE ON retraction BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER retraction_refuses_replace BEFORE INSERT ON retraction WHEN EXISTS (SELECT 1 FROM retraction WHERE sequence = NEW.sequence OR observation_sequence = NEW.observation_sequence) BEGIN SELECT RAISE(ABORT, 'the journal is append-only and without gaps'); END;
COMMIT;
