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
INSERT INTO "act" VALUES(15,'01a216c5-618b-7112-8032-11bbb67b5107','multi-front','snapshot','watch',1795678364043622);
INSERT INTO "act" VALUES(16,'01a216c5-f2dd-7b64-b6fd-3c650293241f','multi-front','declaration','hizballah_entry',1795678401245948);
CREATE TABLE alert_standing (
	pack TEXT NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_alert_standing PRIMARY KEY (pack)
);
CREATE TABLE api_token (
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	name TEXT NOT NULL, 
	pack TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	used_at BIGINT, 
	revoked_at BIGINT, 
	CONSTRAINT pk_api_token PRIMARY KEY (id), 
	CONSTRAINT uq_api_token_key UNIQUE ("key"), 
	CONSTRAINT fk_api_token_owner_user_account FOREIGN KEY(owner) REFERENCES user_account (name), 
	CONSTRAINT ck_api_token_scope CHECK (scope IN ('read', 'write', 'approve'))
);
INSERT INTO "api_token" VALUES('104d69fda9ac','16a3ddacc0ee768f646c2f0eef2465b39cb2b56328ed11cd020ccec73689346d','maya','script','*','read',1795678304757054,1803454304757054,NULL,NULL);
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
INSERT INTO "entry" VALUES(1,'01a216c3-d72e-72db-887e-12efacb7209c','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','eed103da8eb04a9a09b90ac1d4f7faccd2323fedbc870f469377e7c94c5da626');
INSERT INTO "entry" VALUES(2,'01a216c3-d72e-775c-915f-2a346ef0d409','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','eed103da8eb04a9a09b90ac1d4f7faccd2323fedbc870f469377e7c94c5da626','6963c6aab7017b1448419948c43f53e9712a5dcafadd1c7c63b0adc705dda2ce');
INSERT INTO "entry" VALUES(3,'01a216c3-d72e-7832-bb0c-0e413c314f5f','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','6963c6aab7017b1448419948c43f53e9712a5dcafadd1c7c63b0adc705dda2ce','38c0027702f162c5bb6a9f0f7eb9cb73c510d1a91bda3d89bb07e31844965966');
INSERT INTO "entry" VALUES(4,'01a216c3-d72e-7293-810c-454e413636e2','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','38c0027702f162c5bb6a9f0f7eb9cb73c510d1a91bda3d89bb07e31844965966','ae41d6621c58f4a1afe9b754e4a1f313be4c9e15fb70dfc7e6026f80edb508c8');
INSERT INTO "entry" VALUES(5,'01a216c3-d72e-7ba5-b39f-23e6bb22206d','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','ae41d6621c58f4a1afe9b754e4a1f313be4c9e15fb70dfc7e6026f80edb508c8','34aa5cc5b79939c755fd2885ee1868c14adbf70392b3ac461eb5e5d0f1379826');
INSERT INTO "entry" VALUES(6,'01a216c3-d72e-75a7-a443-8b22b4ec95f7','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','34aa5cc5b79939c755fd2885ee1868c14adbf70392b3ac461eb5e5d0f1379826','4db7f51079ff4c44cc28337006e66ef3805b46b205f0f0eba516e3c03de4db5c');
INSERT INTO "entry" VALUES(7,'01a216c3-d72e-7e87-a78c-1a1847c46797','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','4db7f51079ff4c44cc28337006e66ef3805b46b205f0f0eba516e3c03de4db5c','b1e55fc64dc116615b0a02229d14b8088ccb3516a74f6228374796a626ed4303');
INSERT INTO "entry" VALUES(8,'01a216c3-d72e-790a-a2de-572e5ddf0fc2','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','b1e55fc64dc116615b0a02229d14b8088ccb3516a74f6228374796a626ed4303','86a24f7112cdd78ce07eb22b3190f8f5dae4d609a61e5560be9a3cd71e66c915');
INSERT INTO "entry" VALUES(9,'01a216c3-d72e-76f3-ae76-cbad54d71e31','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','86a24f7112cdd78ce07eb22b3190f8f5dae4d609a61e5560be9a3cd71e66c915','2b07608cad120d836b64ba25165f9661721a539daa204287a2f67ba34ce96fc1');
INSERT INTO "entry" VALUES(10,'01a216c3-d72e-7798-ac9b-2d094707e5bd','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','2b07608cad120d836b64ba25165f9661721a539daa204287a2f67ba34ce96fc1','71eb7f2490fa8411c5896037d16e090c14d3a4a12054186028993993bdb2bf7c');
INSERT INTO "entry" VALUES(11,'01a216c3-d72e-7c70-9dfe-e689735a821f','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','71eb7f2490fa8411c5896037d16e090c14d3a4a12054186028993993bdb2bf7c','17df8095c75c37f3a51359432421d4617a4418b4bb1569cc4bf10b3784d49983');
INSERT INTO "entry" VALUES(12,'01a216c3-d72e-776a-996f-85f5c7a41cf4','observation','multi-front',1795678263086294,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','17df8095c75c37f3a51359432421d4617a4418b4bb1569cc4bf10b3784d49983','60803a385d5f1016a2112b117cfeb7aa369ed0cbc02e7b4dfbfbbfd13124169f');
INSERT INTO "entry" VALUES(13,'01a216c4-2668-768e-a472-45a60a9c730d','account','',1795678283368574,'maya','cli','','{"act":"created","after":{"disabled":false,"display_name":"maya","roles":{"*":"editor"}},"before":null,"name":"maya"}','60803a385d5f1016a2112b117cfeb7aa369ed0cbc02e7b4dfbfbbfd13124169f','37ad7ac449ff9bd1efb39bbc0534a888e97666a485e8ca5afd42ecc6e45aebdb');
INSERT INTO "entry" VALUES(14,'01a216c4-79f5-7a4c-b408-12d105f6004c','account','',1795678304757054,'maya','cli','','{"act":"token added","after":{"expires_at":"2027-02-24T07:31:44.757054+00:00","pack":"*","scope":"read","token":"104d69fda9ac","token_name":"script"},"before":null,"name":"maya"}','37ad7ac449ff9bd1efb39bbc0534a888e97666a485e8ca5afd42ecc6e45aebdb','da087d2b2c5b91ad9188714e03d44dc07411fbdb8c2cdba2b67825f9ad53d951');
INSERT INTO "entry" VALUES(15,'01a216c5-618b-7112-8032-11bbb67b5107','snapshot','multi-front',1795678364043622,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"as_of":"2026-11-26T07:32:10+00:00","content_hash":"d22d72a7a62013bb87fdf1515865cefc6a2e288a3f04ec53426c7517e596efa4","due_at":null,"files":[{"format":"html","hash":"b4477dd17d80f30f551014e2fd1fad63e70a2635f9813aca1726fbf8a8a0fe60","name":"multi-front-20261126T073210Z-watch-d22d72a7.html","size":57837},{"format":"pdf","hash":"6afc2c656c35410ee4ad3198b1e46e2b3b3adf897ea62108a9c3f48c1045ea98","name":"multi-front-20261126T073210Z-watch-d22d72a7.pdf","size":97283},{"format":"png","hash":"f7d1095fb4a48d3de154fc849488bac4817b35a17965471090ab611cfc70d771","name":"multi-front-20261126T073210Z-watch-d22d72a7.png","size":251154},{"format":"md","hash":"5c13e11d0a85c73e555a4e687990c3cacb7cf297bf0d7f334a9a31a49264ac45","name":"multi-front-20261126T073210Z-watch-d22d72a7.md","size":2511},{"format":"json","hash":"dfa4fa31ecb424af2eb7655d76bcb48630ed571cadbe386a03bc22ced54a8966","name":"multi-front-20261126T073210Z-watch-d22d72a7.json","size":23832},{"format":"csv","hash":"b678ffb6756a3715c707ddddb039c1667d019d6d43983a7032a63a0c8e9abf29","name":"multi-front-20261126T073210Z-watch-d22d72a7.csv","size":7492},{"format":"stix","hash":"56182970fca46d72629c2b7c720e0cbf735ec28638f0743c31cfc3250e2cb211","name":"multi-front-20261126T073210Z-watch-d22d72a7.stix.json","size":7671},{"format":"cap","hash":"38c13b871856b5e1bd553e07a63b17dd2a490072a5a84cdf51e9a68132cfd1ab","name":"multi-front-20261126T073210Z-watch-d22d72a7.cap.xml","size":1582}],"folder":"/srv/watch/reports/0007","known":"recorded","late_seconds":null,"layout":"watch","level":null,"marking":"TLP:CLEAR","position":14,"report":"","standing":"Actual","subject":"watch","word":"NO ASSESSMENT"}','da087d2b2c5b91ad9188714e03d44dc07411fbdb8c2cdba2b67825f9ad53d951','78b2da93d68dacfee37f9228a06f99b51a74cc172df88d6a4556df87559dbde9');
INSERT INTO "entry" VALUES(16,'01a216c5-f2dd-7b64-b6fd-3c650293241f','declaration','multi-front',1795678401245948,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"level":3,"probability":null,"reason":"Moves at the border.","subject":"hizballah_entry","until":"2026-11-29T07:33:21.200586+00:00"}','78b2da93d68dacfee37f9228a06f99b51a74cc172df88d6a4556df87559dbde9','67ae30d5af7e54cabe8242c3d2a36f2bbf868e87d468b05ea617b579548d228c');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0007');
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
CREATE TABLE kept_answer (
	asker TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	asked TEXT NOT NULL, 
	status SMALLINT NOT NULL, 
	body TEXT NOT NULL, 
	kept_at BIGINT NOT NULL, 
	CONSTRAINT pk_kept_answer PRIMARY KEY (asker, "key")
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
INSERT INTO "observation" VALUES(1,'01a216c3-d72e-72db-887e-12efacb7209c','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795678263086294,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216c3-d72e-775c-915f-2a346ef0d409','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795678263086294,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216c3-d72e-7832-bb0c-0e413c314f5f','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795678263086294,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216c3-d72e-7293-810c-454e413636e2','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795678263086294,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216c3-d72e-7ba5-b39f-23e6bb22206d','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795678263086294,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216c3-d72e-75a7-a443-8b22b4ec95f7','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795678263086294,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216c3-d72e-7e87-a78c-1a1847c46797','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795678263086294,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216c3-d72e-790a-a2de-572e5ddf0fc2','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795678263086294,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216c3-d72e-76f3-ae76-cbad54d71e31','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795678263086294,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216c3-d72e-7798-ac9b-2d094707e5bd','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795678263086294,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216c3-d72e-7c70-9dfe-e689735a821f','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795678263086294,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216c3-d72e-776a-996f-85f5c7a41cf4','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795678263086294,'6a902edef9fcdfddf48cb87ae7454e52');
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
	disabled_at BIGINT, issuer TEXT, subject TEXT, 
	CONSTRAINT pk_user_account PRIMARY KEY (name)
);
INSERT INTO "user_account" VALUES('maya','maya','$argon2id$v=19$m=65536,t=3,p=4$23p/7cW/8sRO4ungeXJk7Q$2c84aOm7oZOcFjRotEMYj+17LqFE6ok2n5TgwU3PgxU',1795678283368574,1795678283368574,NULL,NULL,NULL);
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
CREATE INDEX ix_kept_answer_kept_at ON kept_answer (kept_at);
CREATE UNIQUE INDEX ix_user_account_issuer_subject ON user_account (issuer, subject);
COMMIT;
