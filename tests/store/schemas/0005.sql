PRAGMA application_id = 1230458186;
BEGIN TRANSACTION;
CREATE TABLE act (
	sequence INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	pack TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	recorded_at BIGINT NOT NULL, 
	CONSTRAINT pk_act PRIMARY KEY (sequence), 
	CONSTRAINT fk_act_sequence_entry FOREIGN KEY(sequence) REFERENCES entry (sequence)
);
INSERT INTO "act" VALUES(14,'01a216c1-867e-78fa-af0d-17552686e6d8','multi-front','snapshot','watch',1795678111358473);
INSERT INTO "act" VALUES(15,'01a216c1-dbc5-7eda-a8ca-6f8c97a9170d','multi-front','declaration','hizballah_entry',1795678133189350);
CREATE TABLE alert_standing (
	pack TEXT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_alert_standing PRIMARY KEY (pack)
);
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
INSERT INTO "entry" VALUES(1,'01a216c0-d981-7496-bd15-6f6f97380fbf','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','d9a2669a70edc812652d28ba00bdbd0ec49ca64bb109956f11c8bc6b1092ceb3');
INSERT INTO "entry" VALUES(2,'01a216c0-d981-7692-bd25-154ca9914d59','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','d9a2669a70edc812652d28ba00bdbd0ec49ca64bb109956f11c8bc6b1092ceb3','a2f98315b8645551ece69706c6def768b80420b427ad31e9f45ebf90e18f883c');
INSERT INTO "entry" VALUES(3,'01a216c0-d981-774e-88fe-ec0dc7fa4e09','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','a2f98315b8645551ece69706c6def768b80420b427ad31e9f45ebf90e18f883c','c6c5d942ca28091f7b60f63c29fe236ef2fc855729c543acb86168e2fdb792e3');
INSERT INTO "entry" VALUES(4,'01a216c0-d981-7202-a475-c3fad2e60750','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','c6c5d942ca28091f7b60f63c29fe236ef2fc855729c543acb86168e2fdb792e3','cfbfbebce55debeb4b4e2f03d16b096586454ac5d9c0ae2eae9dcd2a25748311');
INSERT INTO "entry" VALUES(5,'01a216c0-d981-70ce-a276-76f4b1127e3d','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','cfbfbebce55debeb4b4e2f03d16b096586454ac5d9c0ae2eae9dcd2a25748311','d8c5bbdae72ff11e62bacae3adb0e11d70942ded938e73e52b02742678b5f1c0');
INSERT INTO "entry" VALUES(6,'01a216c0-d981-7815-b4a5-aff63cb1ce10','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','d8c5bbdae72ff11e62bacae3adb0e11d70942ded938e73e52b02742678b5f1c0','5fa10a38ab63527f8b10eedff74443caa5135836accd727503351d8e1562ddf1');
INSERT INTO "entry" VALUES(7,'01a216c0-d981-7671-b7a7-0d367b455932','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','5fa10a38ab63527f8b10eedff74443caa5135836accd727503351d8e1562ddf1','0a637f64cdbf6c98759fce6c2f7ce998696fb1f866181ff6f0a4ee7624c25c22');
INSERT INTO "entry" VALUES(8,'01a216c0-d981-7362-889a-5d51a6ac126c','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','0a637f64cdbf6c98759fce6c2f7ce998696fb1f866181ff6f0a4ee7624c25c22','a74e1006925439301bbd78cb24d10f16b710c0b27f84d67dee9a5fd3a29f2625');
INSERT INTO "entry" VALUES(9,'01a216c0-d981-74ef-a4fa-2b78f89eb08a','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','a74e1006925439301bbd78cb24d10f16b710c0b27f84d67dee9a5fd3a29f2625','a1002cb6e0424e87a256cbd294e1bef728353bc65e7d7393453b1be992523de0');
INSERT INTO "entry" VALUES(10,'01a216c0-d981-717c-ae5e-3ae00d55ddbf','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','a1002cb6e0424e87a256cbd294e1bef728353bc65e7d7393453b1be992523de0','f2c460ec7a6dc84b6d29b89bb0fec2b4e37248059120524b2601ac586f865993');
INSERT INTO "entry" VALUES(11,'01a216c0-d981-7050-978d-496130be33c5','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','f2c460ec7a6dc84b6d29b89bb0fec2b4e37248059120524b2601ac586f865993','542a439a695a7cf8fda170b60e4c775b00f022fe8bc8655b514ee5f197bd3df9');
INSERT INTO "entry" VALUES(12,'01a216c0-d981-7a7e-a178-9f15dcc78dce','observation','multi-front',1795678067073775,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','542a439a695a7cf8fda170b60e4c775b00f022fe8bc8655b514ee5f197bd3df9','a6a6e865fdf117a742fb82cf73c352c4cac999542d307159e729b42575286dbc');
INSERT INTO "entry" VALUES(13,'01a216c0-f7d7-74f4-8585-2a94658af1a2','account','',1795678074839387,'maya','cli','','{"act":"created","after":{"disabled":false,"display_name":"maya","roles":{"*":"editor"}},"before":null,"name":"maya"}','a6a6e865fdf117a742fb82cf73c352c4cac999542d307159e729b42575286dbc','7484f89049f6745e8502b055ada8c1c6b6605091690c42100f7bc07cf2708714');
INSERT INTO "entry" VALUES(14,'01a216c1-867e-78fa-af0d-17552686e6d8','snapshot','multi-front',1795678111358473,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"as_of":"2026-11-26T07:28:10+00:00","content_hash":"b0b2965c1c43957bea9c00c4c9d4da98e7c53bbbdd7d8443017f74d62b56f0c3","due_at":null,"files":[{"format":"html","hash":"842dafc98488dd92938c7892f1eef0c0e5599ffa2d0ff03e261d19af39ab9f1b","name":"multi-front-20261126T072810Z-watch-b0b2965c.html","size":57837},{"format":"pdf","hash":"2df6fa2b59b5c89ea7c6c356c3dee0ac6b4d8313e310275ee9e3b86f5888d3c3","name":"multi-front-20261126T072810Z-watch-b0b2965c.pdf","size":97314},{"format":"png","hash":"6ede280a27b236060c3ebdd6bc3e9f060637f133149b7251e7a5ecc69e28354f","name":"multi-front-20261126T072810Z-watch-b0b2965c.png","size":251387},{"format":"md","hash":"7bff9c83cf1ea83a4afd99542117de86682f03b6823298bc59c91ab26074d014","name":"multi-front-20261126T072810Z-watch-b0b2965c.md","size":2511},{"format":"json","hash":"36a5eb94df7f7ac10d1ec7c16fd0bcab95f5ee2dbe0067a627671d6fdb8b5011","name":"multi-front-20261126T072810Z-watch-b0b2965c.json","size":23844},{"format":"csv","hash":"8ae0489a1fe5b2ef4994e225f0cb5f1745203cb60483c12bbd0e8aa908f570e8","name":"multi-front-20261126T072810Z-watch-b0b2965c.csv","size":7492},{"format":"stix","hash":"72d9c3eb4647a6cddca37d38fcd7458623a3afd067556e5a93ba27b049078998","name":"multi-front-20261126T072810Z-watch-b0b2965c.stix.json","size":7671},{"format":"cap","hash":"a56a10d303b3225fb69fd8cd51a094d81cba324ea5268697c7d04682a0524028","name":"multi-front-20261126T072810Z-watch-b0b2965c.cap.xml","size":1582}],"folder":"/srv/watch/reports/0005","known":"recorded","late_seconds":null,"layout":"watch","level":null,"marking":"TLP:CLEAR","position":13,"report":"","standing":"Actual","subject":"watch","word":"NO ASSESSMENT"}','7484f89049f6745e8502b055ada8c1c6b6605091690c42100f7bc07cf2708714','76f5452b5b8fb9b94bb547323491e4c3f17ac1a967fc9b76fe97e18cc9a449e4');
INSERT INTO "entry" VALUES(15,'01a216c1-dbc5-7eda-a8ca-6f8c97a9170d','declaration','multi-front',1795678133189350,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"level":3,"probability":null,"reason":"Moves at the border.","subject":"hizballah_entry","until":"2026-11-29T07:28:53.188250+00:00"}','76f5452b5b8fb9b94bb547323491e4c3f17ac1a967fc9b76fe97e18cc9a449e4','91cb28cb3bf8e66d4cccc8d0456e2b14c7ab1cc4fdddf2e2ab7bb90e51766a24');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0005');
CREATE TABLE job_run (
	pack TEXT NOT NULL, 
	job TEXT NOT NULL, 
	due_at BIGINT NOT NULL, 
	started_at BIGINT NOT NULL, 
	finished_at BIGINT, 
	outcome TEXT NOT NULL, 
	attempt SMALLINT NOT NULL, 
	covers INTEGER NOT NULL, 
	rows BIGINT NOT NULL, 
	note TEXT NOT NULL, 
	worker TEXT NOT NULL, 
	token BIGINT NOT NULL, 
	CONSTRAINT pk_job_run PRIMARY KEY (pack, job, due_at), 
	CONSTRAINT ck_job_run_outcome CHECK (outcome IN ('added', 'running', 'done', 'failed', 'interrupted'))
);
CREATE TABLE lease (
	name TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	until BIGINT NOT NULL, 
	token BIGINT NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (name)
);
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
INSERT INTO "observation" VALUES(1,'01a216c0-d981-7496-bd15-6f6f97380fbf','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795678067073775,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216c0-d981-7692-bd25-154ca9914d59','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795678067073775,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216c0-d981-774e-88fe-ec0dc7fa4e09','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795678067073775,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216c0-d981-7202-a475-c3fad2e60750','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795678067073775,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216c0-d981-70ce-a276-76f4b1127e3d','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795678067073775,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216c0-d981-7815-b4a5-aff63cb1ce10','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795678067073775,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216c0-d981-7671-b7a7-0d367b455932','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795678067073775,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216c0-d981-7362-889a-5d51a6ac126c','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795678067073775,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216c0-d981-74ef-a4fa-2b78f89eb08a','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795678067073775,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216c0-d981-717c-ae5e-3ae00d55ddbf','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795678067073775,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216c0-d981-7050-978d-496130be33c5','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795678067073775,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216c0-d981-7a7e-a178-9f15dcc78dce','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795678067073775,'6a902edef9fcdfddf48cb87ae7454e52');
CREATE TABLE outbox (
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	pack TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_at BIGINT NOT NULL, 
	delivered_at BIGINT, 
	failed_at BIGINT, 
	last_error TEXT NOT NULL, 
	results TEXT NOT NULL, 
	joined TEXT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key")
);
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
CREATE TABLE sign_in_attempt (
	kind TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	failures INTEGER NOT NULL, 
	last_at BIGINT NOT NULL, 
	CONSTRAINT pk_sign_in_attempt PRIMARY KEY (kind, place)
);
CREATE TABLE user_account (
	name TEXT NOT NULL, 
	display_name TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	password_set_at BIGINT NOT NULL, 
	disabled_at BIGINT, 
	CONSTRAINT pk_user_account PRIMARY KEY (name)
);
INSERT INTO "user_account" VALUES('maya','maya','$argon2id$v=19$m=65536,t=3,p=4$UvwMQrT43a9rh8C/vgjZaQ$DEpDvhdEZclXiXiE8KusBbECs8WzpA3DtHKk4nb/uME',1795678074839387,1795678074839387,NULL);
CREATE TABLE user_role (
	name TEXT NOT NULL, 
	pack TEXT NOT NULL, 
	role TEXT NOT NULL, 
	CONSTRAINT pk_user_role PRIMARY KEY (name, pack), 
	CONSTRAINT fk_user_role_name_user_account FOREIGN KEY(name) REFERENCES user_account (name), 
	CONSTRAINT ck_user_role_role CHECK (role IN ('viewer', 'editor', 'approver', 'admin'))
);
INSERT INTO "user_role" VALUES('maya','*','editor');
CREATE TABLE user_session (
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	begun_at BIGINT NOT NULL, 
	used_at BIGINT NOT NULL, 
	ends_at BIGINT NOT NULL, 
	ended_at BIGINT, 
	CONSTRAINT pk_user_session PRIMARY KEY ("key"), 
	CONSTRAINT fk_user_session_name_user_account FOREIGN KEY(name) REFERENCES user_account (name)
);
CREATE TABLE worker (
	id TEXT NOT NULL, 
	pack TEXT NOT NULL, 
	state TEXT NOT NULL, 
	version TEXT NOT NULL, 
	started_at BIGINT NOT NULL, 
	seen_at BIGINT NOT NULL, 
	position BIGINT NOT NULL, 
	next_job TEXT NOT NULL, 
	next_due_at BIGINT, 
	missed INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_worker PRIMARY KEY (id), 
	CONSTRAINT ck_worker_state CHECK (state IN ('active', 'standby', 'stopped'))
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
CREATE INDEX ix_user_session_name ON user_session (name);
CREATE INDEX ix_act_pack_kind_subject_sequence ON act (pack, kind, subject, sequence);
CREATE TRIGGER act_refuses_update BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER act_refuses_delete BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER act_refuses_replace BEFORE INSERT ON act WHEN EXISTS (SELECT 1 FROM act WHERE sequence = NEW.sequence) BEGIN SELECT RAISE(ABORT, 'the journal is append-only and without gaps'); END;
CREATE INDEX ix_job_run_pack_started_at ON job_run (pack, started_at);
CREATE INDEX ix_outbox_pack_created_at ON outbox (pack, created_at);
COMMIT;
