import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const { DOCUMENTS_ORIGIN = '', PORT } = process.env;

const folder = mkdtempSync(join(tmpdir(), 'bench-express-gateway-'));
// It reads its configuration from files alone; JSON is YAML.
writeFileSync(join(folder, 'system.config.yml'), JSON.stringify({ db: { redis: { emulate: true, namespace: 'EG' } }, crypto: { cipherKey: 'sensitiveKey', algorithm: 'aes256', saltRounds: 10 } }));
writeFileSync(
  join(folder, 'gateway.config.yml'),
  JSON.stringify({
    http: { port: Number(PORT), hostname: '127.0.0.1' },
    apiEndpoints: { documents: { host: '*', paths: '/*' } },
    serviceEndpoints: { documents: { url: DOCUMENTS_ORIGIN } },
    policies: ['proxy'],
    pipelines: { documents: { apiEndpoints: ['documents'], policies: [{ proxy: [{ action: { serviceEndpoint: 'documents', proxyTimeout: 10_000 } }] }] } },
  }),
);
const require = createRequire(import.meta.url);
// What it keeps of users and keys, which nobody here has, is described in files beside its configuration.
cpSync(join(dirname(require.resolve('express-gateway')), 'config/models'), join(folder, 'models'), { recursive: true });
await require('express-gateway')().load(folder).run();
