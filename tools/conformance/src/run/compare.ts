import type { ReceivedCall } from '../stubs/call-log.js';
import type { CallCount, Expectation } from '../vectors/vector.js';
import type { Aspect, Mismatch } from './mismatch.js';
import { callFaults, fieldFault, shown } from './same-call.js';
import type { Answer } from './send.js';

/** What of an answer is not as expected. */
export function compareAnswer({ status, headers, body, elapsedMs }: Answer, wanted: Expectation): Mismatch[] {
  const found: Mismatch[] = [];
  if (wanted.status !== undefined && status !== wanted.status) found.push({ aspect: 'status', text: `status is ${status}, not ${wanted.status}` });
  if (wanted.body !== undefined && body !== wanted.body) found.push({ aspect: 'body', text: `body is ${shown(body)}, not ${shown(wanted.body)}` });
  for (const [name, condition] of Object.entries(wanted.headers ?? {})) found.push(...mismatches('headers', fieldFault(name, headers[name], condition)));
  const time = wanted.elapsedMs;
  if (time && (elapsedMs < time.min || elapsedMs > time.max)) found.push({ aspect: 'elapsed', text: `took ${Math.round(elapsedMs)} ms, not ${time.min} to ${time.max}` });
  return found;
}

/** What of the calls that a request led to is not as expected. `registries`: every call of a registry so far. */
export function compareCalls(calls: readonly ReceivedCall[], registries: readonly ReceivedCall[], { backend, backendSees, calls: wanted, registrySees }: Expectation): Mismatch[] {
  const names = calls.map(({ stub }) => stub).join(', ');
  const found: Mismatch[] = [];
  if ((backend === null || backendSees === null) && calls.length > 0) found.push({ aspect: 'call', text: `${names} was called` });
  if (typeof backend === 'string' && (calls.length !== 1 || calls[0]?.stub !== backend)) found.push({ aspect: 'call', text: `${names || 'nobody'} was called, not ${backend}` });
  if (backendSees) {
    const [call] = calls;
    if (!call) found.push({ aspect: 'call', text: 'nobody was called' });
    else for (const fault of callFaults(call, backendSees)) found.push({ aspect: 'call', text: fault });
  }
  if (wanted) {
    const left = [...calls];
    for (const each of wanted) {
      const index = left.findIndex((call) => callFaults(call, each).length === 0);
      if (index < 0) found.push({ aspect: 'calls', text: `no call of ${each.backend} was ${each.method} ${each.path}${each.query ?? ''}` });
      else left.splice(index, 1);
    }
    if (left.length > 0) found.push({ aspect: 'calls', text: `${left.length} calls too many: ${left.map(({ stub, path }) => `${stub} ${path}`).join(', ')}` });
  }
  if (registrySees) {
    const fits = registries.some(({ path, headers }) => fieldFault('path', path, registrySees.path) === undefined && Object.entries(registrySees.headers ?? {}).every(([name, condition]) => fieldFault(name, headers[name], condition) === undefined));
    if (!fits) found.push({ aspect: 'registry', text: `the registry saw ${registries.map(({ path }) => path).join(', ') || 'nothing'}` });
  }
  return found;
}

/** What of the numbers of calls is not as expected. */
export function compareCounts(calls: readonly ReceivedCall[], wanted: Readonly<Record<string, CallCount>>): Mismatch[] {
  return Object.entries(wanted).flatMap(([name, count]) => {
    const number = calls.filter(({ stub }) => stub === name).length;
    return mismatches('calls', fits(number, count) ? undefined : `${name} was called ${number} times, not ${JSON.stringify(count)}`);
  });
}

function fits(number: number, wanted: CallCount): boolean {
  if (typeof wanted === 'number') return number === wanted;
  const { min = 0, max = Infinity, anyOf } = wanted;
  return anyOf ? anyOf.includes(number) : number >= min && number <= max;
}

function mismatches(aspect: Aspect, text: string | undefined): Mismatch[] {
  return text === undefined ? [] : [{ aspect, text }];
}
