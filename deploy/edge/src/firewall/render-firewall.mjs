import { fileURLToPath } from 'node:url';

/** @param {string} name a file of the firewall's folder */
const own = (name) => fileURLToPath(new URL(`../../firewall/${name}`, import.meta.url));

/**
 * The rules file of ModSecurity: its engine, the Core Rule Set of Debian's package, and what is ours before and after it. Answers are not inspected.
 * @param {import('../config/edge-config.mjs').EdgeConfig} config
 * @returns {string}
 */
export function renderFirewall({ firewall: { mode, threshold, fields }, bodyBytes, runFolder }) {
  const lines = [
    `SecRuleEngine ${mode === 'prevention' ? 'On' : 'DetectionOnly'}`,
    'SecRequestBodyAccess On',
    `SecRequestBodyLimit ${bodyBytes}`,
    `SecRequestBodyNoFilesLimit ${bodyBytes}`,
    'SecRequestBodyLimitAction Reject',
    'SecRequestBodyJsonDepthLimit 64',
    `SecArgumentsLimit ${fields + 1}`,
    'SecPcreMatchLimit 100000',
    'SecPcreMatchLimitRecursion 100000',
    'SecResponseBodyAccess Off',
    'SecArgumentSeparator &',
    'SecCookieFormat 0',
    'SecUnicodeMapFile /etc/nginx/unicode.mapping 20127',
    'SecStatusEngine Off',
    `SecTmpDir ${runFolder}`,
    `SecDataDir ${runFolder}`,
    // What was found is in the error log of nginx: a transaction that ends in a page for an error never reaches the audit log.
    'SecAuditEngine Off',
    'Include /etc/modsecurity/crs/crs-setup.conf',
    `SecAction "id:1001,phase:1,pass,nolog,setvar:tx.inbound_anomaly_score_threshold=${threshold},setvar:tx.paranoia_level=1"`,
    `SecRule &ARGS "@gt ${fields}" "id:1002,phase:2,deny,status:413,log,auditlog,msg:'More than ${fields} fields'"`,
    `Include ${own('before-rules.conf')}`,
    'Include /usr/share/modsecurity-crs/rules/REQUEST-*.conf',
    `Include ${own('after-rules.conf')}`,
  ];
  return `${lines.join('\n')}\n`;
}
