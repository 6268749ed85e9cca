import type { FirewallRule } from '../firewall-rule.js';

/** Names of files and addresses that no front end asks for, and programs that look for them. */
export const resourceRules: readonly FirewallRule[] = [
  {
    id: 'traversal',
    name: 'Way out of a folder',
    reason: 'A file name that leaves its folder, escaped once more or not. "and so on..." and "and/or" pass.',
    places: ['path', 'query', 'body', 'cookies'],
    test: /(?:^|[\\/])\.\.;?[\\/]/,
    undo: ['url_decode', 'url_decode'],
  },
  {
    id: 'file-of-the-system',
    name: 'File of the system',
    reason: 'Files that attackers read first, by their whole names.',
    places: ['path', 'query', 'body', 'cookies'],
    test: /(?:^|[\s=:"'\\/])etc[\\/]+(?:passwd|shadow|group|hosts|sudoers|ssh[\\/])|\/proc\/(?:self|version|\d+)(?:\/|$)|\b(?:windows|winnt)[\\/]+(?:win\.ini|system32)|\bboot\.ini\b|\bweb-inf[\\/]/i,
    undo: ['url_decode'],
  },
  {
    id: 'hidden-file',
    name: 'Hidden file',
    reason: 'Repositories, settings and keys that a web server may have lying about. Only whole segments of the path; `.well-known` passes.',
    places: ['path'],
    test: /^\.(?:git|svn|hg|bzr|env(?:\..*)?|ssh|aws|docker|kube|npmrc|htaccess|htpasswd|ds_store|vscode|idea|bash_history)$/i,
  },
  {
    id: 'wrapper-of-php',
    name: 'Wrapper of PHP',
    reason: 'Addresses that PHP opens as files, those that filter or run something.',
    places: ['query', 'body', 'cookies'],
    test: /\b(?:php:\/\/(?:input|filter|memory|temp|stdin|fd)|phar:\/\/|expect:\/\/|zip:\/\/\S+#|data:\/\/text\/plain)/i,
  },
  {
    id: 'address-for-services',
    name: 'Address that is for services only',
    reason: "The cloud's metadata, which hands out keys, and schemes that no front end has. Only where the value begins with it, or an address in it does.",
    places: ['query', 'body'],
    test: /(?:^|[/@])(?:169\.254\.169\.254|metadata\.google\.internal|100\.100\.100\.200|\[fd00:ec2::254\])(?:[:/]|$)|^\s*(?:gopher|dict|file|ldaps?|netdoc|jar|tftp):\/?\//i,
  },
  {
    id: 'document-type',
    name: 'Document type of XML',
    reason: 'Entities, external ones too, need a document type. That of HTML alone passes.',
    places: ['query', 'body'],
    test: /<!DOCTYPE\s[^>[]*(?:\[|\b(?:SYSTEM|PUBLIC)\s+["'](?:file|php|expect|gopher|ftp|jar))|<!ENTITY\s/i,
  },
  {
    id: 'server-side-include',
    name: 'Include on the server',
    reason: 'Directives that a web server or a cache would carry out in a page that shows the text.',
    places: ['path', 'query', 'body', 'agent', 'fields'],
    test: /<!--\s*#\s*(?:exec|include|echo|config|printenv)\b|<esi:(?:include|vars|eval)\b/i,
  },
  {
    id: 'scanner',
    name: 'Scanner',
    reason: 'Programs that look for weaknesses and say who they are. Plain clients such as curl pass.',
    places: ['agent'],
    test: /\b(?:sqlmap|nikto|nuclei|nmap|masscan|acunetix|nessus|openvas|dirbuster|gobuster|feroxbuster|ffuf|wfuzz|wpscan|w3af|arachni|havij|zgrab|whatweb|joomscan|commix|jaeles|netsparker)\b/i,
  },
];
