import type { FirewallRule } from '../firewall-rule.js';

const values = ['path', 'query', 'body'] as const;
const everywhere = ['path', 'query', 'names', 'cookies', 'agent', 'fields', 'body'] as const;

/** Texts that a shell, a template or a run time would run. */
export const codeRules: readonly FirewallRule[] = [
  {
    id: 'shell-command',
    name: 'Command of a shell',
    reason: 'A command behind what ends or joins commands. It needs an option, a path, an address or a variable behind it: "dog food; cat food" and "O\'Brien & sons" pass.',
    places: [...values, 'cookies'],
    test: /(?:[;|&`\n]|\$\()\s*(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?(?:(?:cat|head|tail|less|more|ls|rm|cp|mv|chmod|chown|find|grep|tar|touch|echo)\s+(?:-\w|\.{0,2}\/\w|\$|~\/|>)|(?:curl|wget|nc|ncat|telnet|ping|nslookup|dig|ssh|scp)\s+(?:-\w|https?:|\d{1,3}(?:\.\d{1,3}){3}|[\w-]+(?:\.[\w-]+)+)|(?:ba|z|da|k|c)?sh\s+(?:-\w|\/)|(?:python[23]?|perl|ruby|node|php|powershell)(?:\.exe)?\s+-(?:c|e|r|enc)\b)/i,
  },
  {
    id: 'shell-substitution',
    name: 'Substitution of a shell',
    reason: 'Runs wherever a text is put into a command, quoted or not. A price as $(12) passes, and so does code between backticks that is no command.',
    places: [...values, 'cookies'],
    test: /\$\(\s*(?:cat|ls|id|whoami|uname|curl|wget|ping|sleep|nslookup|env|printenv|bash|sh)\b|`\s*(?:whoami|uname|(?:cat|ls|curl|wget|ping|sleep|nslookup|bash|sh)\s+[^`]*)`|\|\s*(?:ba|z|da|k)?sh\s*(?:$|[;&|)`])|(?:[;|]|&&)\s*(?:whoami|uname|ifconfig)\s*(?:$|[;&|#)`])|&&\s*id\s*(?:$|[;&|#])/i,
  },
  {
    id: 'shellshock',
    name: 'Function in a field (Shellshock)',
    reason: 'Old versions of bash run what follows a function in a variable of their environment.',
    places: ['agent', 'fields', 'cookies', 'query'],
    test: /^\s*\(\s*\)\s*\{/,
  },
  {
    id: 'look-up-of-log4j',
    name: 'Look-up of Log4j',
    reason: 'Runs code from elsewhere where a text is logged, whichever text it is; nested look-ups hide its letters.',
    places: everywhere,
    test: /\$\{(?:jndi\b|[^}]{0,40}\$\{(?:lower|upper|env|sys|::-|date|ctx)|(?:lower|upper|env|sys|ctx|java|main|bundle):)/i,
    undo: ['url_decode', 'html_entity_decode'],
  },
  {
    id: 'template',
    name: 'Code in a template',
    reason: 'Placeholders that compute something or reach for what is behind an object. A mere {{name}} passes, and so does ${total}.',
    places: values,
    test: /\{\{[^}]{0,80}(?:__(?:class|globals|mro|subclasses|init|import)__|constructor\s*[.([]|\bself\._|config\.items|\d\s*\*\s*['"]?\d)|\{%\s*(?:import|include|for|set|if)\b|<%=?\s*[\w`]|[#$*@]\{\s*(?:\d+\s*\*\s*\d+|T\s*\(|new\s+java|(?:#|@)[\w.]+)/i,
  },
  {
    id: 'expression-of-java',
    name: 'Expression of Java',
    reason: 'Expression languages (OGNL, SpEL, EL) that reach for the run time.',
    places: [...values, 'fields'],
    test: /%\{\s*\(?[#@]|@java\.lang\.|\bjava\.lang\.(?:runtime|processbuilder|system|class)\b|\bgetRuntime\s*\(\s*\)|\.getClass\s*\(\s*\)\s*\./i,
  },
  {
    id: 'class-loader',
    name: 'Class loader as a name',
    reason: 'Parameters that are bound to an object of Java by their names can reach its class loader.',
    places: ['names'],
    test: /(?:^|[.[])class[\].[]{1,2}(?:module|classLoader)\b/i,
  },
  {
    id: 'code-of-node',
    name: 'Code for Node.js',
    reason: 'What code for Node.js needs in order to reach the system.',
    places: [...values, 'cookies'],
    test: /\brequire\s*\(\s*['"`](?:node:)?(?:child_process|fs|vm|net|os|cluster|worker_threads)['"`]|\bprocess\s*\.\s*(?:mainModule|binding)\b|\bconstructor\s*\.\s*constructor\s*\(|_\$\$ND_FUNC\$\$_/,
  },
  {
    id: 'code-of-php',
    name: 'Code for PHP',
    reason: 'Runs where a text becomes part of a file that PHP reads.',
    places: [...values, 'cookies', 'agent', 'fields'],
    test: /<\?(?:php\b|=\s*[$`\w])|\b(?:system|passthru|shell_exec|proc_open|popen|assert|base64_decode)\s*\(\s*\$_(?:GET|POST|REQUEST|COOKIE)\b/i,
  },
  {
    id: 'object-of-java',
    name: 'Serialised object of Java',
    reason: 'Runs code while it is read, in base64 or in hexadecimal. A picture in base64 passes: only where a text or a word begins.',
    places: ['query', 'body', 'cookies', 'fields'],
    test: /(?:^|[^A-Za-z0-9+/_-])(?:rO0ABX|[aA][cC][eE][dD]00057[0-9a-fA-F])/,
  },
  {
    id: 'object-of-php-or-dotnet',
    name: 'Serialised object of PHP or .NET',
    reason: 'The same in PHP\'s format and in that of .NET\'s BinaryFormatter.',
    places: ['query', 'body', 'cookies'],
    test: /(?:^|[;{])[OC]:\d+:"[\w\\]+":\d+:\{|^AAEAAAD\/{5}/,
  },
];
