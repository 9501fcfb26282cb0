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
INSERT INTO "entry" VALUES(1,'01a216b6-7b0d-7baf-b4e1-ba75ca2a1aed','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','465479e10c98465124338efd78b90a71501a581e47a59c6a2009289d22cbf577');
INSERT INTO "entry" VALUES(2,'01a216b6-7b0d-76a9-94bd-34ad0eef592a','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','465479e10c98465124338efd78b90a71501a581e47a59c6a2009289d22cbf577','f549bdf3453d590079b6275762c94ba775a4bd58521ccbe616b969d35b0e6b18');
INSERT INTO "entry" VALUES(3,'01a216b6-7b0d-720c-8249-cdaa7fcdcfaf','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','f549bdf3453d590079b6275762c94ba775a4bd58521ccbe616b969d35b0e6b18','2c129363d916d8ac4b48305eb3c5506faf5b33d0b77eec494d85c0fd1ba96c95');
INSERT INTO "entry" VALUES(4,'01a216b6-7b0d-7f8b-8750-8ad6b02c216b','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','2c129363d916d8ac4b48305eb3c5506faf5b33d0b77eec494d85c0fd1ba96c95','295a8d3869c7f263aee5500fb3b96e3f00647d7e97104812c719faebabc64533');
INSERT INTO "entry" VALUES(5,'01a216b6-7b0d-72d1-95f6-9842abfa7efb','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','295a8d3869c7f263aee5500fb3b96e3f00647d7e97104812c719faebabc64533','6e72d40de6a36092b4dee3be69713d67b8f7f4367e26cd7891c2cd321b9d65b2');
INSERT INTO "entry" VALUES(6,'01a216b6-7b0d-7e1b-be00-7622a647a09b','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','6e72d40de6a36092b4dee3be69713d67b8f7f4367e26cd7891c2cd321b9d65b2','391c07af1e5c4f0031226ba135d91e22482bad2c6d8250f91d882c0c06ee9fe8');
INSERT INTO "entry" VALUES(7,'01a216b6-7b0d-7615-8212-adbec964df45','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','391c07af1e5c4f0031226ba135d91e22482bad2c6d8250f91d882c0c06ee9fe8','40cf5acaa3073dd11808617f2dca443b6ae5e44ced7089ba5047c4274ab1c637');
INSERT INTO "entry" VALUES(8,'01a216b6-7b0d-7255-a2d3-fcb99551b67b','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','40cf5acaa3073dd11808617f2dca443b6ae5e44ced7089ba5047c4274ab1c637','63af16917e0a317f1bbd11aa33b86863b4b6cd6bc1e2a7ede03ef1fc2a4b12db');
INSERT INTO "entry" VALUES(9,'01a216b6-7b0d-7f20-a661-d71691687558','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','63af16917e0a317f1bbd11aa33b86863b4b6cd6bc1e2a7ede03ef1fc2a4b12db','aa799b028e06b1eb9d8e8a83f45971e91539e6bb7bca712efc8cd9caa1c61e2a');
INSERT INTO "entry" VALUES(10,'01a216b6-7b0d-71b2-be61-2b658a79b0b8','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','aa799b028e06b1eb9d8e8a83f45971e91539e6bb7bca712efc8cd9caa1c61e2a','7c44e5b330cfa739040df7c85ea87423d26529a96509c3e3675b206489ffd625');
INSERT INTO "entry" VALUES(11,'01a216b6-7b0d-750f-b78c-7506b62e90db','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','7c44e5b330cfa739040df7c85ea87423d26529a96509c3e3675b206489ffd625','3fa28d94da891da5ca8d8b8cfa44b14734934a2c4ff248bd02be2c125cdf0620');
INSERT INTO "entry" VALUES(12,'01a216b6-7b0d-745c-ba31-16bb4c8572f3','observation','multi-front',1795677387533317,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','3fa28d94da891da5ca8d8b8cfa44b14734934a2c4ff248bd02be2c125cdf0620','bf07dd8e65e5c8ddef4dfdafe60274e0b6f47535fb6ed8629a5e6d9346a09fa2');
INSERT INTO "entry" VALUES(13,'01a216b6-a114-70e7-97c9-68b37f10a9aa','account','',1795677397268449,'maya','cli','','{"act":"created","after":{"disabled":false,"display_name":"maya","roles":{"*":"editor"}},"before":null,"name":"maya"}','bf07dd8e65e5c8ddef4dfdafe60274e0b6f47535fb6ed8629a5e6d9346a09fa2','c0becaac449e54bde944d01fccb1b91baf8cc4a3caec9c4012f9e8c3a0840b13');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0003');
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
INSERT INTO "observation" VALUES(1,'01a216b6-7b0d-7baf-b4e1-ba75ca2a1aed','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795677387533317,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216b6-7b0d-76a9-94bd-34ad0eef592a','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795677387533317,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216b6-7b0d-720c-8249-cdaa7fcdcfaf','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795677387533317,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216b6-7b0d-7f8b-8750-8ad6b02c216b','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795677387533317,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216b6-7b0d-72d1-95f6-9842abfa7efb','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795677387533317,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216b6-7b0d-7e1b-be00-7622a647a09b','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795677387533317,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216b6-7b0d-7615-8212-adbec964df45','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795677387533317,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216b6-7b0d-7255-a2d3-fcb99551b67b','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795677387533317,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216b6-7b0d-7f20-a661-d71691687558','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795677387533317,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216b6-7b0d-71b2-be61-2b658a79b0b8','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795677387533317,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216b6-7b0d-750f-b78c-7506b62e90db','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795677387533317,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216b6-7b0d-745c-ba31-16bb4c8572f3','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795677387533317,'6a902edef9fcdfddf48cb87ae7454e52');
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
INSERT INTO "user_account" VALUES('maya','maya','$argon2id$v=19$m=65536,t=3,p=4$ooQjm5pFWQPF23KHBcQ6KQ$mMPktRIgnFc1rwQI2Xop9YojW+u/n2WTow2IUW+HLf4',1795677397268449,1795677397268449,NULL);
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
COMMIT;
