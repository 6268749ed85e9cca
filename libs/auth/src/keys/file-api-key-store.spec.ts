import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isConfigurationError, type ConfigurationError } from '@portico/config';
import { ManualClock } from '@portico/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiKeyIssuer } from './api-key-issuer.js';
import { FileApiKeyStore } from './file-api-key-store.js';

const partner = { name: 'Acme', clientId: 'acme' };
let folder: string;
let file: string;
let clock: ManualClock;
let store: FileApiKeyStore;
let issuer: ApiKeyIssuer;
let faults: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portico-'));
  file = join(folder, 'keys.json');
  clock = new ManualClock();
  faults = [];
  store = new FileApiKeyStore(file, { clock, mayBeMissing: true, onFault: (fault) => faults.push(fault) });
  issuer = new ApiKeyIssuer(store, { clock });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const secretOf = (text: string) => text.slice(text.indexOf('.') + 1);

describe('A file of API keys', () => {
  it('holds no secret, and is readable for its owner only', async () => {
    const { text, record } = await issuer.create({ partner, scopes: ['a'] });
    const content = readFileSync(file, 'utf8');
    expect(content).not.toContain(secretOf(text));
    expect(JSON.parse(content)).toEqual({
      version: 1,
      keys: [
        {
          id: record.id,
          secretSha256: record.secretDigest.toString('hex'),
          partner,
          scopes: ['a'],
          slot: 'primary',
          notBefore: '2026-01-01T00:00:00.000Z',
          expiresAt: '2027-01-01T00:00:00.000Z',
          revokedAt: null,
        },
      ],
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps its mode and the link that leads to it, and leaves nothing beside it', async () => {
    await issuer.create({ partner });
    chmodSync(file, 0o640);
    const link = join(folder, 'link.json');
    symlinkSync('keys.json', link);
    const linked = new FileApiKeyStore(link, { clock });
    await new ApiKeyIssuer(linked, { clock }).create({ partner });
    linked.close();
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(JSON.parse(readFileSync(file, 'utf8')).keys).toHaveLength(2);
    expect(readdirSync(folder).sort()).toEqual(['keys.json', 'link.json']);
  });

  it('is not written while somebody else writes it', async () => {
    const { record } = await issuer.create({ partner });
    const before = readFileSync(file, 'utf8');
    writeFileSync(`${file}.new`, 'half');
    await expect(issuer.revoke(record.id)).rejects.toThrow('somebody else');
    expect([readFileSync(file, 'utf8'), readFileSync(`${file}.new`, 'utf8')]).toEqual([before, 'half']);
    rmSync(`${file}.new`);
    await issuer.revoke(record.id);
    expect(store.find(record.id)?.revokedAtMs).toBe(clock.epochMs());
  });

  it('takes over what others have written since it was read', async () => {
    const other = new FileApiKeyStore(file, { clock, mayBeMissing: true });
    const theirs = await new ApiKeyIssuer(other, { clock }).create({ partner });
    other.close();
    const mine = await issuer.create({ partner });
    expect([store.find(theirs.record.id)?.slot, mine.record.slot]).toEqual(['primary', 'secondary']);
  });

  it('that breaks keeps the keys that were known, says so, and counts again when it is mended', async () => {
    const { record } = await issuer.create({ partner });
    await clock.advance(1_000);
    const good = readFileSync(file, 'utf8');
    for (const broken of ['{"version":1,"keys":[', '{"version":2,"keys":[]}', good.replace('"slot":"primary"', '"slot":"third"'), 'null']) {
      faults.length = 0;
      writeFileSync(file, broken);
      await clock.advance(1_000);
      expect(faults).toHaveLength(1);
      expect(isConfigurationError(faults[0])).toBe(true);
      expect(store.find(record.id)?.revokedAtMs).toBeUndefined();
    }
    faults.length = 0;
    rmSync(file);
    await clock.advance(1_000);
    expect(faults).toHaveLength(1);
    expect(store.find(record.id)).toBeDefined();
    writeFileSync(`${file}.other`, good.replace('"revokedAt":null', '"revokedAt":"2026-01-01T00:00:00Z"'));
    renameSync(`${file}.other`, file);
    await clock.advance(1_000);
    expect(store.find(record.id)?.revokedAtMs).toBeDefined();
    expect(faults).toHaveLength(1);
  });

  it('that is broken is left as it is', async () => {
    await issuer.create({ partner });
    writeFileSync(file, '{"version":1,');
    await expect(issuer.create({ partner })).rejects.toSatisfy(isConfigurationError);
    expect(readFileSync(file, 'utf8')).toBe('{"version":1,');
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it('ends the start when it is broken or missing, with every fault and none of its text', async () => {
    const { record } = await issuer.create({ partner });
    const [key] = JSON.parse(readFileSync(file, 'utf8')).keys as Record<string, unknown>[];
    const faulty = [key, key, { ...key, id: 'short' }, { ...key, id: 'another-id-0', expiresAt: '2027-01-01' }, { ...key, id: 'another-id-1', revokedAt: undefined }, { ...key, secretSha256: 'planted' }, 7];
    writeFileSync(file, JSON.stringify({ version: 1, keys: faulty }));
    let error: ConfigurationError | undefined;
    try {
      new FileApiKeyStore(file, { clock });
    } catch (thrown) {
      error = thrown as ConfigurationError;
    }
    expect(error?.faults.map(({ path, message }) => `${path} ${message.split(' ')[0]}`)).toEqual([
      'keys[1] id',
      'keys[2] id',
      'keys[3] expiresAt',
      'keys[4] revokedAt',
      'keys[5] secretSha256',
      'keys[6] the',
    ]);
    expect(error?.message).not.toMatch(new RegExp(`planted|${record.secretDigest.toString('hex')}`));
    expect(() => new FileApiKeyStore(join(folder, 'none.json'), { clock })).toThrow('cannot be read');
  });
});
