import { engineRules } from './engine-rules.js';
import type { Finding, FirewallRequest } from './firewall-request.js';
import type { FirewallOptions } from './firewall.options.js';
import type { Place } from './firewall-rule.js';
import type { NativeEngine } from './native-engine.js';
import { rules } from './rules/rules.js';
import { addressOf } from './spot.js';
import { textsOf } from './texts-of.js';

/** Longest look at one request, in µs. The bounds of a request end it long before: this is for what nobody thought of. */
const longestUs = 1_000_000;

const alwaysPassedOver = ['authorization', 'proxy-authorization', 'dpop'];

/** What libddwaf tells of a rule that matched. */
interface EngineEvent {
  readonly rule: { readonly id: string };
  readonly rule_matches: readonly { readonly parameters: readonly { readonly address: string; readonly key_path: readonly string[] }[] }[];
}

/** Looks for attacks in requests, by rules. Knows nothing of HTTP servers. */
export class Firewall {
  readonly #engine: InstanceType<NativeEngine['DDWAF']>;
  readonly #passedOver: ReadonlySet<string>;
  readonly #maxTexts: number;

  /**
   * @param credentials names of further header fields that carry credentials: they are not looked at
   * @throws Error that names rules which the engine does not understand
   */
  constructor({ DDWAF }: NativeEngine, { maxTexts }: Pick<FirewallOptions, 'maxTexts'>, credentials: readonly string[] = []) {
    this.#engine = new DDWAF(engineRules(rules), 'portico');
    const { rules: loaded } = this.#engine.diagnostics;
    if (loaded === undefined || 'error' in loaded || loaded.failed.length > 0) throw new Error(`Rules of the firewall cannot be read: ${JSON.stringify(loaded)}`);
    this.#passedOver = new Set([...alwaysPassedOver, ...credentials.map((name) => name.toLowerCase())]);
    this.#maxTexts = maxTexts;
  }

  /** The rules that a request meets, each once; empty for nearly every one. */
  inspect(request: FirewallRequest): readonly Finding[] {
    const texts = textsOf(request, this.#passedOver, this.#maxTexts);
    if (texts === undefined) return [{ rule: 'too-many-texts', where: 'request' }];
    const context = this.#engine.createContext();
    try {
      const { events, timeout } = context.run({ persistent: texts.lists }, longestUs);
      if (timeout) return [{ rule: 'out-of-time', where: 'request' }];
      // Not its `status`: that is told of rules that only collect, too.
      return ((events ?? []) as readonly EngineEvent[]).map(({ rule, rule_matches: [match] }) => {
        const { address, key_path: [list, index] } = match?.parameters[0] as EngineEvent['rule_matches'][number]['parameters'][number];
        return { rule: rule.id, where: addressOf(texts.spot(address as Place, Number(list), Number(index))) };
      });
    } finally {
      context.dispose();
    }
  }

  /** Gives back what the engine holds. Nothing may be inspected after it. */
  close(): void {
    this.#engine.dispose();
  }
}
