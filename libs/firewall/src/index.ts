export type { Finding, FirewallRequest } from './firewall-request.js';
export { FirewallOptions, type FirewallMode } from './firewall.options.js';
export type { Firewall } from './firewall.js';
export { openFirewall } from './open-firewall.js';
