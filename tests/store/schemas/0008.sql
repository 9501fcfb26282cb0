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
INSERT INTO "act" VALUES(15,'01a216c7-cc0a-7213-8e5e-caafd353f9d4','multi-front','snapshot','watch',1795678522378753);
INSERT INTO "act" VALUES(16,'01a216c8-2b5d-7fa6-98e1-243034e0e4f9','multi-front','declaration','hizballah_entry',1795678546781751);
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
INSERT INTO "api_token" VALUES('288103a6f46d','75e6cd2c8afa38f3c8300dffe6ccff792d5d753367a2c7814b39e24eb7feaecf','maya','script','*','read',1795678471582840,1803454471582840,NULL,NULL);
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
INSERT INTO "entry" VALUES(1,'01a216c6-6b84-7eab-b7f1-ed6dbdbf6662','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"axis_coordination","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press monitoring (general knowledge)","source_url":"","statement":"Contacts among Iran, Hizballah and Palestinian groups at their usual level on the eve of a leaders'' meeting in Beirut.","unit":""}','0000000000000000000000000000000000000000000000000000000000000000','a0790355dd30709d544c493699ed462fb7c12d5fbaca7792ab1c28b8e27943b8');
INSERT INTO "entry" VALUES(2,'01a216c6-6b84-7d56-a405-bb25f6779322','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"golan_front_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"No fire from Syria at the Golan since the six rockets of 8-9 April.","unit":""}','a0790355dd30709d544c493699ed462fb7c12d5fbaca7792ab1c28b8e27943b8','73e1adf1dc944a72f498f470e8fd2ae2d0d61e211bd275040f8d6ed57a9e13bf');
INSERT INTO "entry" VALUES(3,'01a216c6-6b84-79ed-bfd5-130ab4232972','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"hamas_gaza_control","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"Hamas governs Gaza as it has since 2007, without an internal or military challenge to its rule.","unit":""}','73e1adf1dc944a72f498f470e8fd2ae2d0d61e211bd275040f8d6ed57a9e13bf','42b2b8b70a63694926ee8f0a6812228960fe3873d3f3564104f3cd85f06b4d4d');
INSERT INTO "entry" VALUES(4,'01a216c6-6b84-7189-905f-78bde651bc72','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No Hizballah fire across the Blue Line; the summer dispute is about tents, patrols and posts at Mount Dov, handled through UNIFIL.","unit":""}','42b2b8b70a63694926ee8f0a6812228960fe3873d3f3564104f3cd85f06b4d4d','7270e3108f24ce759faae02928f6639442f2c21a132ed9caa788d4f571a8c3e1');
INSERT INTO "entry" VALUES(5,'01a216c6-6b84-7680-ba39-11cc2cfe43c6','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"seen","credibility":2,"indicator":"hizballah_engagement_rules","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Ynet","published_at":null,"reading":null,"reliability":"C","source_name":"Ynetnews","source_url":"https://www.ynetnews.com/article/hkwdbez22","statement":"No fire across the Blue Line; the dispute over tents and posts at Mount Dov is handled through UNIFIL.","unit":""}','7270e3108f24ce759faae02928f6639442f2c21a132ed9caa788d4f571a8c3e1','81b19e1b93f75bc340b8c400ea3df7d7ef46e9440efb9ae1adbe3b27247ca597');
INSERT INTO "entry" VALUES(6,'01a216c6-6b84-7e24-b2ae-eaf13599b370','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"hizballah_strategic_arsenal","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Hizballah fires nothing; its long-range and precision missiles are known from statements and displays only.","unit":""}','81b19e1b93f75bc340b8c400ea3df7d7ef46e9440efb9ae1adbe3b27247ca597','c0419cfb25364fb90dcbe7455d80aff4fc1e8dea9cc280ccd51d9b07c65bf342');
INSERT INTO "entry" VALUES(7,'01a216c6-6b84-758b-802f-dfe996dc2815','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"houthi_activity","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"UN Envoy for Yemen","published_at":null,"reading":null,"reliability":"B","source_name":"UN Envoy for Yemen briefings (general knowledge)","source_url":"","statement":"No Houthi launches at Israel or attacks on shipping; truce with Saudi Arabia broadly holding and Riyadh talks under way.","unit":""}','c0419cfb25364fb90dcbe7455d80aff4fc1e8dea9cc280ccd51d9b07c65bf342','fcec390da7c06a16607b9edc8d5113cfacd9e3924e490c92b3fbe15d3c695b5a');
INSERT INTO "entry" VALUES(8,'01a216c6-6b84-76a2-a624-5d5883aa91bc','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":1,"indicator":"idf_ground_success","level":0,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"General press record","source_url":"","statement":"No Israeli ground forces operate inside the Gaza Strip; last ground operation there was in 2014.","unit":""}','fcec390da7c06a16607b9edc8d5113cfacd9e3924e490c92b3fbe15d3c695b5a','067619b1007e567c23db5b5fa573f611e0c9d6bbc1d49d3719f80dadf3f8edc1');
INSERT INTO "entry" VALUES(9,'01a216c6-6b84-7f7d-9339-f48d164382de','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"idf_northern_mobilisation","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"Times of Israel","published_at":null,"reading":null,"reliability":"B","source_name":"The Times of Israel (general knowledge)","source_url":"","statement":"Northern Command on raised alert over Hizballah border friction, without reserve call-up or evacuation.","unit":""}','067619b1007e567c23db5b5fa573f611e0c9d6bbc1d49d3719f80dadf3f8edc1','1578336ce6fa1c53202bee933b7134cda7ec6927a58df9413cc2315ae101a653');
INSERT INTO "entry" VALUES(10,'01a216c6-6b84-7387-913d-420f9bf8869f','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":3,"indicator":"iran_direct_action","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"C","source_name":"Press and official attributions (general knowledge)","source_url":"","statement":"Shadow conflict only: maritime incidents, plots and cyber activity attributed to Iran; no overt Iranian fire at Israel.","unit":""}','1578336ce6fa1c53202bee933b7134cda7ec6927a58df9413cc2315ae101a653','3574fe2f6d3c0862e1961b7ee07d2e210762123b085479a8817eeb6c02cb946f');
INSERT INTO "entry" VALUES(11,'01a216c6-6b84-79f0-82b8-23a08b991b95','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_involvement_mode","level":1,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"compiler","published_at":null,"reading":null,"reliability":"B","source_name":"Press record (general knowledge)","source_url":"","statement":"Iran arms, pays and advises Hizballah, Islamic Jihad, Hamas and the militias; no Iranian unit forward.","unit":""}','3574fe2f6d3c0862e1961b7ee07d2e210762123b085479a8817eeb6c02cb946f','48eba8b40343af0073b88094b41fcd58fb48f7758cc3f3b8e0006bb748f9eb42');
INSERT INTO "entry" VALUES(12,'01a216c6-6b84-7a7a-a9b1-7318eed4ca10','observation','multi-front',1795678432132141,'maya','import','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"basis":"memory","credibility":2,"indicator":"iran_nuclear_threshold","level":2,"method":"import","note":"","observed_at":"2023-09-01T23:59:00+00:00","originator":"IAEA","published_at":null,"reading":null,"reliability":"A","source_name":"IAEA quarterly report of 31 May 2023","source_url":"","statement":"Last IAEA figure (May): 114 kg at 60 %; some agency monitoring equipment re-installed; no new curtailment.","unit":""}','48eba8b40343af0073b88094b41fcd58fb48f7758cc3f3b8e0006bb748f9eb42','d10ed5ec3124198e5288e420e3f7aadea81627a44f6dd8c277be45c95f7ff609');
INSERT INTO "entry" VALUES(13,'01a216c6-c202-7fa9-88a3-41a488d71ee2','account','',1795678454274485,'maya','cli','','{"act":"created","after":{"disabled":false,"display_name":"maya","roles":{"*":"editor"}},"before":null,"name":"maya"}','d10ed5ec3124198e5288e420e3f7aadea81627a44f6dd8c277be45c95f7ff609','839b26842cf6ab26b11080133b7760b801ec9750f6c922b134f2f62b91f7718c');
INSERT INTO "entry" VALUES(14,'01a216c7-059e-7819-bcf9-f8af0d4f3217','account','',1795678471582840,'maya','cli','','{"act":"token added","after":{"expires_at":"2027-02-24T07:34:31.582840+00:00","pack":"*","scope":"read","token":"288103a6f46d","token_name":"script"},"before":null,"name":"maya"}','839b26842cf6ab26b11080133b7760b801ec9750f6c922b134f2f62b91f7718c','be5853d279db9906c04425751a3a2b398ec310945542f6468ed0db999eff1b4b');
INSERT INTO "entry" VALUES(15,'01a216c7-cc0a-7213-8e5e-caafd353f9d4','snapshot','multi-front',1795678522378753,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"as_of":"2026-11-26T07:35:00+00:00","content_hash":"8a7d5d35c50f2ba27afb47abd7a7c5c18579802166f5bc127a6d1a68e87e62b9","due_at":null,"files":[{"format":"html","hash":"c5bea83f1461fccf68d0474dd82b4ce1f339c569dd2158e88bb05a35b4fc10ab","name":"multi-front-20261126T073500Z-watch-8a7d5d35.html","size":57994},{"format":"pdf","hash":"2f4e99627727f9c668ac8a07c3ddcd9ed34ca9a0043d9f3c04a405c3321e84a3","name":"multi-front-20261126T073500Z-watch-8a7d5d35.pdf","size":97603},{"format":"png","hash":"17df0e0feaf6b1823652d70cf640dbc7261bd4cfd6887b6019f1925ee62c6808","name":"multi-front-20261126T073500Z-watch-8a7d5d35.png","size":251139},{"format":"md","hash":"f41033ad127ff2669ea5dd685e503eb5ea28c9bc7478060e5cd75c556b59c7dc","name":"multi-front-20261126T073500Z-watch-8a7d5d35.md","size":2554},{"format":"json","hash":"e1f1dad35494cd3b61bbf913f49a48b5e6dcc10fdb679083fc207b7fcb52e5c1","name":"multi-front-20261126T073500Z-watch-8a7d5d35.json","size":23863},{"format":"csv","hash":"489f50dedd37903ba380705c2f4f284dd2bb64c8c44b18d149977d1a55365452","name":"multi-front-20261126T073500Z-watch-8a7d5d35.csv","size":7492},{"format":"stix","hash":"583d54011896f2ed669066f5e17125af85397629c5bb53a4c3a04d4a95a9f4d7","name":"multi-front-20261126T073500Z-watch-8a7d5d35.stix.json","size":7671},{"format":"cap","hash":"696988d6401be3c690510aa93ec7642e25fc6f78c060ae304caf0ce0a92a5c82","name":"multi-front-20261126T073500Z-watch-8a7d5d35.cap.xml","size":1582}],"folder":"/srv/watch/reports/0008","known":"recorded","late_seconds":null,"layout":"watch","level":null,"marking":"TLP:CLEAR","position":14,"report":"","standing":"Actual","subject":"watch","word":"NO ASSESSMENT"}','be5853d279db9906c04425751a3a2b398ec310945542f6468ed0db999eff1b4b','94f635b6b3b17a5dbda06b63bbf3a372edeed7fa11c5614f1ab63a6cfc00cc39');
INSERT INTO "entry" VALUES(16,'01a216c8-2b5d-7fa6-98e1-243034e0e4f9','declaration','multi-front',1795678546781751,'maya','cli','14a86f0089814ddc5aa1294bfa314c6a944ef72e45108e0593e8bd70daf2f0c4','{"level":3,"probability":null,"reason":"Moves at the border.","subject":"hizballah_entry","until":"2026-11-29T07:35:46.751938+00:00"}','94f635b6b3b17a5dbda06b63bbf3a372edeed7fa11c5614f1ab63a6cfc00cc39','e4ab74a934f104642ed56456b8932c63de3000f2bff05616de87ac59adb56151');
CREATE TABLE iw_monitor_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT iw_monitor_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "iw_monitor_schema" VALUES('0008');
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
INSERT INTO "observation" VALUES(1,'01a216c6-6b84-7eab-b7f1-ed6dbdbf6662','multi-front','axis_coordination',1,'C',3,'compiler',1693612740000000,NULL,1795678432132141,'98c27d86b6403373cc9ee6a8f0065b72');
INSERT INTO "observation" VALUES(2,'01a216c6-6b84-7d56-a405-bb25f6779322','multi-front','golan_front_activity',0,'B',2,'compiler',1693612740000000,NULL,1795678432132141,'deb48c1d594ee01cf699f18789e19bbd');
INSERT INTO "observation" VALUES(3,'01a216c6-6b84-79ed-bfd5-130ab4232972','multi-front','hamas_gaza_control',0,'B',1,'compiler',1693612740000000,NULL,1795678432132141,'3679f8b87cec37645df0603aba15d324');
INSERT INTO "observation" VALUES(4,'01a216c6-6b84-7189-905f-78bde651bc72','multi-front','hizballah_activity',0,'C',2,'ynet',1693612740000000,NULL,1795678432132141,'609999c8f3d57fdd2825ec5619b8855d');
INSERT INTO "observation" VALUES(5,'01a216c6-6b84-7680-ba39-11cc2cfe43c6','multi-front','hizballah_engagement_rules',0,'C',2,'ynet',1693612740000000,NULL,1795678432132141,'8f70a30c999bf4d51a8a319b83bbdbf8');
INSERT INTO "observation" VALUES(6,'01a216c6-6b84-7e24-b2ae-eaf13599b370','multi-front','hizballah_strategic_arsenal',0,'B',2,'compiler',1693612740000000,NULL,1795678432132141,'ee09dcdffbde2d540a410d5a62e482ea');
INSERT INTO "observation" VALUES(7,'01a216c6-6b84-758b-802f-dfe996dc2815','multi-front','houthi_activity',0,'B',2,'un envoy for yemen',1693612740000000,NULL,1795678432132141,'9a33e3c4f83791a2395b8e0f7cbb0e4b');
INSERT INTO "observation" VALUES(8,'01a216c6-6b84-76a2-a624-5d5883aa91bc','multi-front','idf_ground_success',0,'B',1,'compiler',1693612740000000,NULL,1795678432132141,'5d775e40a6164c9b017fe502514a995f');
INSERT INTO "observation" VALUES(9,'01a216c6-6b84-7f7d-9339-f48d164382de','multi-front','idf_northern_mobilisation',1,'B',2,'times of israel',1693612740000000,NULL,1795678432132141,'1552f07e5a71651bf95a14b650795906');
INSERT INTO "observation" VALUES(10,'01a216c6-6b84-7387-913d-420f9bf8869f','multi-front','iran_direct_action',1,'C',3,'compiler',1693612740000000,NULL,1795678432132141,'4f82de2430b7fcf0ec7a18d386674be4');
INSERT INTO "observation" VALUES(11,'01a216c6-6b84-79f0-82b8-23a08b991b95','multi-front','iran_involvement_mode',1,'B',2,'compiler',1693612740000000,NULL,1795678432132141,'3ced7b6d69551e784a1c75c7206ad699');
INSERT INTO "observation" VALUES(12,'01a216c6-6b84-7a7a-a9b1-7318eed4ca10','multi-front','iran_nuclear_threshold',2,'A',2,'iaea',1693612740000000,NULL,1795678432132141,'6a902edef9fcdfddf48cb87ae7454e52');
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
CREATE TABLE source_state (
	pack TEXT NOT NULL, 
	source TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	run_at BIGINT NOT NULL, 
	answered_at BIGINT, 
	newest_at BIGINT, 
	failures INTEGER NOT NULL, 
	not_before BIGINT, 
	etag TEXT NOT NULL, 
	last_modified TEXT NOT NULL, 
	content_hash TEXT NOT NULL, 
	memory TEXT NOT NULL, 
	CONSTRAINT pk_source_state PRIMARY KEY (pack, source), 
	CONSTRAINT ck_source_state_outcome CHECK (outcome IN ('new', 'unchanged', 'empty', 'failed', 'unconfigured'))
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
INSERT INTO "user_account" VALUES('maya','maya','$argon2id$v=19$m=65536,t=3,p=4$IVlMZ2Y2SCgpEDcHIh0BMg$s1MmtCbB84apmHuadoQO++UtZW0Rbh8W+ZjKDFi8zeM',1795678454274485,1795678454274485,NULL,NULL,NULL);
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
