import { decode, encode } from '@msgpack/msgpack';
import type { HubCommand, HubRecords } from '../hub/hub-command.js';
import type { HubScope } from '../hub/hub-scope.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';

/** A call of a client for whose result a node waits. */
export interface ClientQuestion {
  readonly method: string;
  readonly arguments: readonly unknown[];
}

/** A command as it travels: records of all protocols, for nobody knows which are needed elsewhere. */
type CommandForm = Exclude<HubCommand, { readonly kind: 'send' }> | { readonly kind: 'send'; readonly records: Readonly<Record<string, Payload>> };

/** What nodes of a hub tell each other. */
export type BackplaneMessage =
  | { readonly kind: 'publish'; readonly from: string; readonly scope: HubScope; readonly command: HubCommand }
  /** `command` to be done to a connection of the node, or `question` to be put to it, or neither: is it there? */
  | { readonly kind: 'request'; readonly from: string; readonly id: number; readonly connectionId: string; readonly command?: HubCommand | undefined; readonly question?: ClientQuestion | undefined }
  /** `there` says whether there is such a connection. */
  | { readonly kind: 'answer'; readonly id: number; readonly there: boolean; readonly error?: string | undefined; readonly result?: unknown };

/**
 * A message as MessagePack.
 * @throws what serialising throws
 */
export function writeBackplaneMessage(message: BackplaneMessage, protocols: readonly HubProtocol[]): Buffer {
  const form = 'command' in message && message.command ? { ...message, command: commandForm(message.command, protocols) } : message;
  const bytes = encode('scope' in form && 'except' in form.scope && form.scope.except ? { ...form, scope: { ...form.scope, except: [...form.scope.except] } } : form, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads what another node wrote: replicas of one release trust each other. */
export function readBackplaneMessage(bytes: Uint8Array): BackplaneMessage {
  const form = decode(bytes) as { scope?: { except?: string[] }; command?: CommandForm };
  return {
    ...form,
    ...(form.scope?.except && { scope: { ...form.scope, except: new Set(form.scope.except) } }),
    ...(form.command && { command: commandOf(form.command) }),
  } as BackplaneMessage;
}

function commandForm(command: HubCommand, protocols: readonly HubProtocol[]): CommandForm {
  if (command.kind !== 'send') return command;
  return { kind: 'send', records: Object.fromEntries(protocols.map((protocol) => [protocol.name, command.records.for(protocol)])) };
}

function commandOf(form: CommandForm): HubCommand {
  if (form.kind === 'leave') return { kind: 'leave', group: form.group };
  if (form.kind === 'close') return { kind: 'close', reason: form.reason };
  return form.kind === 'send' ? { kind: 'send', records: new ReceivedRecords(form.records) } : form;
}

/** Records that another node has serialised. */
class ReceivedRecords implements HubRecords {
  readonly #byName: Readonly<Record<string, Payload>>;

  constructor(byName: Readonly<Record<string, Payload>>) {
    this.#byName = byName;
  }

  for({ name }: HubProtocol): Payload {
    const record = this.#byName[name];
    if (record === undefined) throw new Error(`Another replica sends nothing in the protocol '${name}': all must be of the same release`);
    return record;
  }
}
