import type { Clock, RequestContext, ServiceCredential } from '@portico/core';
import { waitFor, type WaitLimits } from './bounded-wait.js';

/** A call that a service lets in by a credential. */
export interface AdmittedCall {
  /** Value of the `Authorization` field that is sent; undefined where the service takes none of this gateway. */
  authorization: string | undefined;
  /** Whether the service answered 401 to it. */
  unauthorized: boolean;
}

/** What lets a call in, and how it is made. */
export interface Admission<T> {
  readonly credential: ServiceCredential;
  readonly clock: Clock;
  /** The request on whose behalf the call is made; undefined: in the gateway's own name. */
  readonly context: RequestContext | undefined;
  readonly limits: Pick<WaitLimits, 'dueAt' | 'cancellation'>;
  /** Whether the call can be sent once more. One that was answered with 401 has done nothing, so that its method does not matter. */
  readonly again: boolean;
  send(): Promise<T>;
}

/**
 * Makes a call with a credential. One that the service does not accept, as after a change of the issuer's keys, is replaced, and the call sent once more.
 * @throws as the credential and the call do
 */
export async function sendAdmitted<T>(call: AdmittedCall, { credential, clock, context, limits, again, send }: Admission<T>): Promise<T> {
  const enter = async (): Promise<string> => {
    const got = credential.of(context);
    call.unauthorized = false;
    return (call.authorization = got instanceof Promise ? await waitFor(got, limits, clock) : got);
  };
  const shown = await enter();
  try {
    const answer = await send();
    if (!call.unauthorized || !again) return answer;
  } catch (error) {
    if (!call.unauthorized || !again) throw error;
  } finally {
    if (call.unauthorized) credential.refused(shown);
  }
  await enter();
  return send();
}
