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
INSERT INTO "act" VALUES(15,'01a216c3-3c76-7dff-be15-af921859dfc8','multi-front','snapshot','watch',1795678223478057);
INSERT INTO "act" VALUES(16,'01a216c3-86d5-71b4-9e83-0aaf50b5687c','multi-front','declaration','hizballah_entry',1795678242517694);
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
INSERT INTO "api_token" VALUES('d5cb1760a209','91361633b7a6c447023bd09ed477395dc3d868e476b43603cfa0f98c8470916f','maya','script','*','read',1795678181464205,1803454181464205,NULL,NULL);
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
INSERT INTO "entry" VALUES(1,'01a216c2-34da-7ae7-99e4-b00c2063ea4e','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','16708e970576b9302952c23b00b538a9b9f15717d31f771d002b89eb1959d8c0');
INSERT INTO "entry" VALUES(2,'01a216c2-34da-70d3-8d34-8d82bbd88b89','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','16708e970576b9302952c23b00b538a9b9f15717d31f771d002b89eb1959d8c0','2b45d20c18e5617438081f903d03cd4bdc21b6af4d0615a3973dcf6ca2ab9900');
INSERT INTO "entry" VALUES(3,'01a216c2-34da-7a17-9647-1b2b843b4929','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','2b45d20c18e5617438081f903d03cd4bdc21b6af4d0615a3973dcf6ca2ab9900','421da879217cb916b4645c8924d46f45d34c595aa93b42fbb7d148cdbef8cc87');
INSERT INTO "entry" VALUES(4,'01a216c2-34da-780e-91fa-8316235d88c3','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','421da879217cb916b4645c8924d46f45d34c595aa93b42fbb7d148cdbef8cc87','7f5cb686ce8f870d8b648718f313ee5d5c754928adf52e71f9cc1477faafc4b9');
INSERT INTO "entry" VALUES(5,'01a216c2-34da-7a8c-a329-8a3817aa6461','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','7f5cb686ce8f870d8b648718f313ee5d5c754928adf52e71f9cc1477faafc4b9','fb13c09b9246a335b719f420ac2ed4e58e3d7b36c93cdb876fbdb67615b669da');
INSERT INTO "entry" VALUES(6,'01a216c2-34da-72b5-801d-2f4d7d0d6270','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','fb13c09b9246a335b719f420ac2ed4e58e3d7b36c93cdb876fbdb67615b669da','9d9ce19c6085381ba94ffa29b1d6c76ec422afe4524292410196ecb12aded547');
INSERT INTO "entry" VALUES(7,'01a216c2-34da-77f4-a98c-a9d3fcef720f','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','9d9ce19c6085381ba94ffa29b1d6c76ec422afe4524292410196ecb12aded547','3e8fb3b1c6c879f871a66a83343fa818867196e07675a7b6a63dc1b4b404b130');
INSERT INTO "entry" VALUES(8,'01a216c2-34da-7449-9d35-53c92beceeb5','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','3e8fb3b1c6c879f871a66a83343fa818867196e07675a7b6a63dc1b4b404b130','0c3e8c11d3c574f9707dda6792725d7b75cfc96b82e8bf5d45bae8eb3d9ce67a');
INSERT INTO "entry" VALUES(9,'01a216c2-34da-71db-a83e-1bdcf8687831','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','0c3e8c11d3c574f9707dda6792725d7b75cfc96b82e8bf5d45bae8eb3d9ce67a','5455cb95c380b6096fb8e36449997e9bd4414d5ee60fe4a1c5e7409df86d417e');
INSERT INTO "entry" VALUES(10,'01a216c2-34da-72d5-8c26-8f89ec71ce58','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','5455cb95c380b6096fb8e36449997e9bd4414d5ee60fe4a1c5e7409df86d417e','bb48b7ec26a16c76a4b696f051ccf4301cb697f63059d7a2f29443a8459ad8c6');
INSERT INTO "entry" VALUES(11,'01a216c2-34da-7708-b989-67375b423a6b','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','bb48b7ec26a16c76a4b696f051ccf4301cb697f63059d7a2f29443a8459ad8c6','da2d9621fa1ecaa8a44f782a9c65ecaa7ce46a0b367b6bed73e62db049b67514');
INSERT INTO "entry" VALUES(12,'01a216c2-34da-7de3-8b51-4bdf7c7671d8','observation','multi-front',1795678155994074,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','da2d9621fa1ecaa8a44f782a9c65ecaa7ce46a0b367b6bed73e62db049b67514','e95c380dada5d849e5a3f3fb5ce32e1171a887110ae9e9320e036617a364d724');
INSERT INTO "entry" VALUES(13,'01a216c2-6958-7e9a-b6db-63558662fda6','account','',1795678169432733,'maya','cli','','{"act":"created","after":{"disabled":false,"display_name":"maya","roles":{"*":"editor"}},"before":null,"name":"maya"}','e95c380dada5d849e5a3f3fb5ce32e1171a887110ae9e9320e036617a364d724','f297ba5ccca0169c6afe2e6380b639cd392c90ada1f4cdd4b17e991f7cc1eef5');
INSERT INTO "entry" VALUES(14,'01a216c2-9858-7e8d-ab25-ed37d7514641','account','',1795678181464205,'maya','cli','','{"act":"token added","after":{"expires_at":"2027-02-24T07:29:41.464205+00:00","pack":"*","scope":"read","token":"d5cb1760a209","token_name":"script"},"before":null,"name":"maya"}','f297ba5ccca0169c6afe2e6380b639cd392c90ada1f4cdd4b17e991f7cc1eef5','2984a356fa2a9e711d2f22d887a94f7dcf3c33b3b75d07223b2f5f1108624862');
INSERT INTO "entry" VALUES(15,'01a216c3-3c76-7dff-be15-af921859dfc8','snapshot','multi-front',1795678223478057,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"as_of":"2026-11-26T07:30:00+00:00","content_hash":"ad9d28cf987170fab3df2166f25da328edd2ee1352c0c4137e0be2896abb6c7c","due_at":null,"files":[{"format":"html","hash":"e9481d02fbd6c5fcd0a01b5a438a5f9c0df6ca1010eef72e90b86b5c0e5eaf18","name":"multi-front-20261126T073000Z-watch-ad9d28cf.html","size":57837},{"format":"pdf","hash":"00e37ed46b7a3bc6f7a46e3f3bd710569e123bc6c060f4db55facb384df8ef85","name":"multi-front-20261126T073000Z-watch-ad9d28cf.pdf","size":97277},{"format":"png","hash":"0aa9a6ba1eb1800697252a99eb955bf1adfb91d4146ae9acca14df27d728d1a2","name":"multi-front-20261126T073000Z-watch-ad9d28cf.png","size":251434},{"format":"md","hash":"7b666886bd8f5e5d9e7cca817e3d4010a68956774a058259cc8af0741229c83d","name":"multi-front-20261126T073000Z-watch-ad9d28cf.md","size":2511},{"format":"json","hash":"57ae77c1769088463de2583d6bd5943415531af5b49eefecc2849ea6fe1d733f","name":"multi-front-20261126T073000Z-watch-ad9d28cf.json","size":23844},{"format":"csv","hash":"938f40eb741b1c0d6b7a5f7389a488e8c319c845ec201599e64045d6b5a96229","name":"multi-front-20261126T073000Z-watch-ad9d28cf.csv","size":7492},{"format":"stix","hash":"22ad7318de412c3227ab38f6fd83c2919f4876dc895dd25fdd1ac226e130b7ca","name":"multi-front-20261126T073000Z-watch-ad9d28cf.stix.json","size":7671},{"format":"cap","hash":"edf583a4beb5bf11f380a6fc979268909ae28ba0a219086e50ee1ee9345aa506","name":"multi-front-20261126T073000Z-watch-ad9d28cf.cap.xml","size":1582}],"folder":"/srv/watch/reports/0006","known":"recorded","late_seconds":null,"layout":"watch","level":null,"marking":"TLP:CLEAR","position":14,"report":"","standing":"Actual","subject":"watch","word":"NO ASSESSMENT"}','2984a356fa2a9e711d2f22d887a94f7dcf3c33b3b75d07223b2f5f1108624862','2129a91ea86bce8d50bab940c500d83fffe4a0e0c68e833c34a7c73f7ee1b9fa');
INSERT INTO "entry" VALUES(16,'01a216c3-86d5-71b4-9e83-0aaf50b5687c','declaration','multi-front',1795678242517694,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"level":3,"probability":null,"reason":"Moves at the border.","subject":"hizballah_entry","until":"2026-11-29T07:30:42.498109+00:00"}','2129a91ea86bce8d50bab940c500d83fffe4a0e0c68e833c34a7c73f7ee1b9fa','254b71b0767e852b922a645c0513c4b2e4338e071d7e2f0ab8038c790a46d760');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0006');
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
INSERT INTO "observation" VALUES(1,'01a216c2-34da-7ae7-99e4-b00c2063ea4e','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795678155994074,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216c2-34da-70d3-8d34-8d82bbd88b89','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795678155994074,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216c2-34da-7a17-9647-1b2b843b4929','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795678155994074,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216c2-34da-780e-91fa-8316235d88c3','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795678155994074,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216c2-34da-7a8c-a329-8a3817aa6461','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795678155994074,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216c2-34da-72b5-801d-2f4d7d0d6270','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795678155994074,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216c2-34da-77f4-a98c-a9d3fcef720f','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795678155994074,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216c2-34da-7449-9d35-53c92beceeb5','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795678155994074,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216c2-34da-71db-a83e-1bdcf8687831','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795678155994074,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216c2-34da-72d5-8c26-8f89ec71ce58','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795678155994074,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216c2-34da-7708-b989-67375b423a6b','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795678155994074,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216c2-34da-7de3-8b51-4bdf7c7671d8','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795678155994074,'6a902edef9fcdfddf48cb87ae7454e52');
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
INSERT INTO "user_account" VALUES('maya','maya','$argon2id$v=19$m=65536,t=3,p=4$+XGxzIAwHc2R/HsH5Yq07w$m0kKIKmGInz4eUG+/DyQRtovTlFlyX1GdcyYwyv2sr8',1795678169432733,1795678169432733,NULL);
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
COMMIT;
