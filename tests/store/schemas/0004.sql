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
INSERT INTO "act" VALUES(14,'01a216c0-a1f7-7ea2-9ae7-305e283333a2','multi-front','snapshot','watch',1795678052855069);
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
INSERT INTO "entry" VALUES(1,'01a216c0-0528-78ef-be0e-66132e0f77ef','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','ca0ed947111deaebcc1cc7653c686569bd37388129f04bc951c00c9710463f06');
INSERT INTO "entry" VALUES(2,'01a216c0-0528-7fa1-a3db-ef817769bfbc','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','ca0ed947111deaebcc1cc7653c686569bd37388129f04bc951c00c9710463f06','e6db34c18c5c432d4433255f13729be26faca3f339612e7ae8c610dbc110fa4a');
INSERT INTO "entry" VALUES(3,'01a216c0-0528-7242-be62-4efbc3622693','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','e6db34c18c5c432d4433255f13729be26faca3f339612e7ae8c610dbc110fa4a','9c78650a5fbbfef29b3add8d9e3d0a3d10bb61c241f09ae225f7157665a94589');
INSERT INTO "entry" VALUES(4,'01a216c0-0528-7a3c-9fa5-3da3f916067b','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','9c78650a5fbbfef29b3add8d9e3d0a3d10bb61c241f09ae225f7157665a94589','d42821e9f0753cc58e274b77102ae1c4866f1589022313eb540af2353db140ca');
INSERT INTO "entry" VALUES(5,'01a216c0-0528-7628-9e15-ca15f8f1b450','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','d42821e9f0753cc58e274b77102ae1c4866f1589022313eb540af2353db140ca','26b856f3e358ed4b9313f2472ca690a346b135406aff7b84a01e35c0d67a66d1');
INSERT INTO "entry" VALUES(6,'01a216c0-0528-7c3b-9f9e-4f708836953f','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','26b856f3e358ed4b9313f2472ca690a346b135406aff7b84a01e35c0d67a66d1','a0899e5ad1251e371c5a40d255ddba8a6cd00b1a9cd0a46bec9581137a14b41c');
INSERT INTO "entry" VALUES(7,'01a216c0-0528-798e-a6d2-bbd22558bbf0','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','a0899e5ad1251e371c5a40d255ddba8a6cd00b1a9cd0a46bec9581137a14b41c','190ed96e1004bad9a75e66eaba18fcd61181077e01947a136a9d582212f19af9');
INSERT INTO "entry" VALUES(8,'01a216c0-0528-7105-95af-b26a0ea80df4','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','190ed96e1004bad9a75e66eaba18fcd61181077e01947a136a9d582212f19af9','2cd066869e98be65ef402f033f2f81d030e3ea2667c92ec44754f48dec092e08');
INSERT INTO "entry" VALUES(9,'01a216c0-0528-7a97-941e-3d07f279508c','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','2cd066869e98be65ef402f033f2f81d030e3ea2667c92ec44754f48dec092e08','40862560f6361a903d6d5c0f96216529edbb79103eb77a4e57ac73ca0fa8a6c8');
INSERT INTO "entry" VALUES(10,'01a216c0-0528-7ea1-bd85-e7e7cdb02827','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','40862560f6361a903d6d5c0f96216529edbb79103eb77a4e57ac73ca0fa8a6c8','fe4bb421d3df164aa24826bf613dc1b672a087896bab74265c46f61d4bee2a2a');
INSERT INTO "entry" VALUES(11,'01a216c0-0528-7a16-8e55-0c31ff6de957','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','fe4bb421d3df164aa24826bf613dc1b672a087896bab74265c46f61d4bee2a2a','9d3cc4ef94ab1a74f40c13f227384663d47c3d616e90fd457ea11145eb5b3e04');
INSERT INTO "entry" VALUES(12,'01a216c0-0528-7ad2-8d47-b88b5e68a3c6','observation','multi-front',1795678012712648,'maya','import','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','9d3cc4ef94ab1a74f40c13f227384663d47c3d616e90fd457ea11145eb5b3e04','9817db4af65f33eaa167d2a5db76a3391f97d5574d49a2b63f0aa05de97c8c07');
INSERT INTO "entry" VALUES(13,'01a216c0-1df2-77b7-9529-7de1b6e57230','account','',1795678019058285,'maya','cli','','{"act":"created","after":{"disabled":false,"display_name":"maya","roles":{"*":"editor"}},"before":null,"name":"maya"}','9817db4af65f33eaa167d2a5db76a3391f97d5574d49a2b63f0aa05de97c8c07','abff8fd6c9465d9185480458a3ecf949f64eaadf4c0e60945b354961779ea430');
INSERT INTO "entry" VALUES(14,'01a216c0-a1f7-7ea2-9ae7-305e283333a2','snapshot','multi-front',1795678052855069,'maya','cli','fdfe97ed9da22beb533fc545940ace2bd739b49a328f81a59bd240d0c2ba1f24','{"as_of":"2026-11-26T07:27:10+00:00","content_hash":"d012f5db5864b04c54ce2b33a48c242861f5a694e5e3fadd3ea71ee80f215e7b","due_at":null,"files":[{"format":"html","hash":"65ddfbfceb24acb17e9a7714237f814c8d49324e52ea039ef2a393a52f25c1bb","name":"multi-front-20261126T072710Z-watch-d012f5db.html","size":57837},{"format":"pdf","hash":"5ecfdecb6e338c656a297149d73c154058b1ba7c684f00acf3c2490c25681b1a","name":"multi-front-20261126T072710Z-watch-d012f5db.pdf","size":97291},{"format":"png","hash":"26b76e06460de1fef2f638fd4de18f5fce5fe32f5c514ba9e13462a401fe0b48","name":"multi-front-20261126T072710Z-watch-d012f5db.png","size":251495},{"format":"md","hash":"814731020d71e6e439a3a1add4b1f69737cca9759e62cb38ef6741af65648c81","name":"multi-front-20261126T072710Z-watch-d012f5db.md","size":2511},{"format":"json","hash":"289b71e94ee70f8c37fa22efea34cddefa6d3cbe6e3a91949cb7a0178fea580c","name":"multi-front-20261126T072710Z-watch-d012f5db.json","size":23844},{"format":"csv","hash":"2e2e4b5638e320e60388aea03fcc90e7f0242c1b37dbde0f4f20597fd1911bdd","name":"multi-front-20261126T072710Z-watch-d012f5db.csv","size":7492},{"format":"stix","hash":"b44d433aadc6e7674fcecbce9ecfed67a966fb3bf651ca18fb927efe32b7dbb1","name":"multi-front-20261126T072710Z-watch-d012f5db.stix.json","size":7671},{"format":"cap","hash":"31e2036859e5ea59af5b219a48a3c51e26660624bcb3c57eb43de70b730ccc80","name":"multi-front-20261126T072710Z-watch-d012f5db.cap.xml","size":1582}],"folder":"/srv/watch/reports/0004","known":"recorded","late_seconds":null,"layout":"watch","level":null,"marking":"TLP:CLEAR","position":13,"report":"","standing":"Actual","subject":"watch","word":"NO ASSESSMENT"}','abff8fd6c9465d9185480458a3ecf949f64eaadf4c0e60945b354961779ea430','aa981963ea30aae9ffc0667bd8db1166ad705b52f1d05ffe53778ca01956365c');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0004');
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
INSERT INTO "observation" VALUES(1,'01a216c0-0528-78ef-be0e-66132e0f77ef','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795678012712648,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216c0-0528-7fa1-a3db-ef817769bfbc','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795678012712648,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216c0-0528-7242-be62-4efbc3622693','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795678012712648,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216c0-0528-7a3c-9fa5-3da3f916067b','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795678012712648,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216c0-0528-7628-9e15-ca15f8f1b450','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795678012712648,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216c0-0528-7c3b-9f9e-4f708836953f','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795678012712648,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216c0-0528-798e-a6d2-bbd22558bbf0','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795678012712648,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216c0-0528-7105-95af-b26a0ea80df4','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795678012712648,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216c0-0528-7a97-941e-3d07f279508c','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795678012712648,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216c0-0528-7ea1-bd85-e7e7cdb02827','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795678012712648,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216c0-0528-7a16-8e55-0c31ff6de957','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795678012712648,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216c0-0528-7ad2-8d47-b88b5e68a3c6','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795678012712648,'6a902edef9fcdfddf48cb87ae7454e52');
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
INSERT INTO "user_account" VALUES('maya','maya','$argon2id$v=19$m=65536,t=3,p=4$X1gux3Azwo0AiMRMorEEvA$qUX5K7C5kskudgPXMXSlgFRsy6GnVa2skdLOassOvQE',1795678019058285,1795678019058285,NULL);
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
COMMIT;
