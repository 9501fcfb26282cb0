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
INSERT INTO "entry" VALUES(1,'01a216b6-3495-75ef-9356-d0309a52acc1','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','21f20203676d55be85e261d1597742ea84e9613e45c1debe631f2fb877b2d5e1');
INSERT INTO "entry" VALUES(2,'01a216b6-3495-79c1-99b0-51928c8a8a2d','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','21f20203676d55be85e261d1597742ea84e9613e45c1debe631f2fb877b2d5e1','30808a1f0579d30efbeb3d14a8d48975f6030a1d2d13493240e9311c5fcb49ce');
INSERT INTO "entry" VALUES(3,'01a216b6-3495-7485-8d4e-c659ecb38dec','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','30808a1f0579d30efbeb3d14a8d48975f6030a1d2d13493240e9311c5fcb49ce','6281630a5f7e1825ca552fb1c52c12a5905f869f5eca276d40055f3084e59485');
INSERT INTO "entry" VALUES(4,'01a216b6-3495-7ffc-b3c0-9339119efa2e','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','6281630a5f7e1825ca552fb1c52c12a5905f869f5eca276d40055f3084e59485','0a66543a08302ba0922b5a9caaf1a0cb57d7c34bcd429057b0fd9008f698a51b');
INSERT INTO "entry" VALUES(5,'01a216b6-3495-77ab-856f-ea88fc19ef85','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','0a66543a08302ba0922b5a9caaf1a0cb57d7c34bcd429057b0fd9008f698a51b','7e4f28470567e13b21f07b05ffb1b679924e107afd4be97afd11b1bf6a76a424');
INSERT INTO "entry" VALUES(6,'01a216b6-3495-7fb7-86b3-5079611c7c8f','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','7e4f28470567e13b21f07b05ffb1b679924e107afd4be97afd11b1bf6a76a424','f2085ffd4e7db7abac779d6ea8b851d4766dc98441aa803979051e78fc61f651');
INSERT INTO "entry" VALUES(7,'01a216b6-3495-7877-b129-2f651f3710d3','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','f2085ffd4e7db7abac779d6ea8b851d4766dc98441aa803979051e78fc61f651','0207a8b7c2a59a4143b63db635a1d3baa0c541710e18c9fb6b59ad1721a66944');
INSERT INTO "entry" VALUES(8,'01a216b6-3495-7ed9-93eb-219b81103707','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','0207a8b7c2a59a4143b63db635a1d3baa0c541710e18c9fb6b59ad1721a66944','654ced159515bab94beef24bbc3965d55a0f4da93978c1e7bad735c60ca93a28');
INSERT INTO "entry" VALUES(9,'01a216b6-3495-7d01-8f1c-fa266627330c','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','654ced159515bab94beef24bbc3965d55a0f4da93978c1e7bad735c60ca93a28','e647e6901b1fde7565761d2d0631580e8155c98907eb3259244bdb9b5caabf7c');
INSERT INTO "entry" VALUES(10,'01a216b6-3495-7588-97c4-8cdb6f079277','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','e647e6901b1fde7565761d2d0631580e8155c98907eb3259244bdb9b5caabf7c','56ab918c523de92ad922259ba941b5e9bc4ca60ef03cd61bf184ceb39d8953ba');
INSERT INTO "entry" VALUES(11,'01a216b6-3495-75ad-8695-c3be61971fcc','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','56ab918c523de92ad922259ba941b5e9bc4ca60ef03cd61bf184ceb39d8953ba','09bfd803af335e4c9648a52d11b2b5d06167b01e4f7c9941e873406bf44f8490');
INSERT INTO "entry" VALUES(12,'01a216b6-3495-7a9b-93ff-864fe515d243','observation','multi-front',1795677369493134,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','09bfd803af335e4c9648a52d11b2b5d06167b01e4f7c9941e873406bf44f8490','5aa2a0196f83a9018a63f43970fecefcebcc726dca117bf82328a26a7486dec7');
INSERT INTO "entry" VALUES(13,'01a216b6-50c1-71a4-85ef-5b03667153d9','account','',1795677376705128,'maya','cli','','{"act":"created","after":{"disabled":false,"display_name":"maya","roles":{"*":"editor"}},"before":null,"name":"maya"}','5aa2a0196f83a9018a63f43970fecefcebcc726dca117bf82328a26a7486dec7','3c451b6e8449b754a9c0105b9013951caca6b836023f0d5ddae1edc736833e59');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0002');
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
INSERT INTO "observation" VALUES(1,'01a216b6-3495-75ef-9356-d0309a52acc1','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795677369493134,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216b6-3495-79c1-99b0-51928c8a8a2d','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795677369493134,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216b6-3495-7485-8d4e-c659ecb38dec','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795677369493134,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216b6-3495-7ffc-b3c0-9339119efa2e','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795677369493134,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216b6-3495-77ab-856f-ea88fc19ef85','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795677369493134,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216b6-3495-7fb7-86b3-5079611c7c8f','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795677369493134,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216b6-3495-7877-b129-2f651f3710d3','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795677369493134,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216b6-3495-7ed9-93eb-219b81103707','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795677369493134,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216b6-3495-7d01-8f1c-fa266627330c','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795677369493134,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216b6-3495-7588-97c4-8cdb6f079277','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795677369493134,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216b6-3495-75ad-8695-c3be61971fcc','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795677369493134,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216b6-3495-7a9b-93ff-864fe515d243','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795677369493134,'6a902edef9fcdfddf48cb87ae7454e52');
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
INSERT INTO "user_account" VALUES('maya','maya','$argon2id$v=19$m=65536,t=3,p=4$qyMmoRk1Kd5hfYnxaCuLeQ$sWMe6yLEbLBBhY339F6tDNiLHsFHBhBlfTff1mOr/EA',1795677376705128,1795677376705128,NULL);
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
COMMIT;
