import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const days = 397;
const files = ['ca.pem', 'edge-key.pem', 'edge.pem'];
const renewedBeforeS = 30 * 86_400;

/**
 * Makes a certificate for some hosts, and an authority that vouches for it alone (its key is thrown away), where they are missing, are about to end or are for other hosts.
 * @param {object} options
 * @param {readonly string[]} options.hosts
 * @param {string} options.folder gets `edge.pem`, `edge-key.pem` and `ca.pem`, which become its owner's
 * @param {string} [options.trustFolder] gets a copy of `ca.pem`, for those who only have to trust
 * @returns {boolean} whether it made any
 * @throws {Error} when openssl is missing or fails
 */
export function makeCertificates({ hosts, folder, trustFolder }) {
  mkdirSync(folder, { recursive: true });
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  const made = !isGood(folder, names);
  if (made) {
    const work = mkdtempSync(join(folder, '.new-'));
    try {
      write(work, names, hosts);
      for (const name of files) renameSync(join(work, name), join(folder, name));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    const { uid, gid } = statSync(folder);
    for (const name of files) chownSync(join(folder, name), uid, gid);
  }
  if (trustFolder !== undefined) {
    mkdirSync(trustFolder, { recursive: true });
    copyFileSync(join(folder, 'ca.pem'), join(trustFolder, 'ca.pem'));
  }
  return made;
}

/** @param {string} folder @param {string} names */
function isGood(folder, names) {
  const certificate = join(folder, 'edge.pem');
  if (!files.every((name) => existsSync(join(folder, name)))) return false;
  try {
    openssl('x509', '-in', certificate, '-noout', '-checkend', String(renewedBeforeS));
    openssl('verify', '-CAfile', join(folder, 'ca.pem'), certificate);
    const said = openssl('x509', '-in', certificate, '-noout', '-ext', 'subjectAltName');
    return said.split('\n').some((line) => line.trim().replaceAll(', ', ',') === names);
  } catch {
    return false;
  }
}

/** @param {string} work @param {string} names @param {readonly string[]} hosts */
function write(work, names, hosts) {
  const at = (/** @type {string} */ name) => join(work, name);
  const permitted = hosts.map((host) => `permitted;DNS:${host.replace(/^\*\./, '')}`).join(',');
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at('ca-key.pem'));
  openssl('req', '-x509', '-new', '-key', at('ca-key.pem'), '-sha256', '-days', String(days), '-subj', '/CN=Portico edge, made here', '-out', at('ca.pem'),
    ...['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign', `nameConstraints=critical,${permitted}`].flatMap((extension) => ['-addext', extension]));
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at('edge-key.pem'));
  openssl('req', '-new', '-key', at('edge-key.pem'), '-subj', `/CN=${hosts[0]}`, '-out', at('request.pem'));
  writeFileSync(at('extensions'), ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature', 'extendedKeyUsage=serverAuth', `subjectAltName=${names}`].join('\n'));
  openssl('x509', '-req', '-in', at('request.pem'), '-CA', at('ca.pem'), '-CAkey', at('ca-key.pem'), '-set_serial', `0x${Date.now().toString(16)}`, '-sha256', '-days', String(days), '-extfile', at('extensions'), '-out', at('edge.pem'));
}

/** @param {string[]} args */
function openssl(...args) {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
