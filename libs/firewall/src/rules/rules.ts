import type { FirewallRule } from '../firewall-rule.js';
import { codeRules } from './code-rules.js';
import { injectionRules } from './injection-rules.js';
import { resourceRules } from './resource-rules.js';

/** Every rule of the firewall. */
export const rules: readonly FirewallRule[] = [...injectionRules, ...codeRules, ...resourceRules];
