import type { AggregatorClass } from '@portico/gateway';
import type { JsonObject } from '@portico/ocelot';
import type { PolicyClass } from '@portico/policies';

/** An issuer whose tokens the gateway accepts, as a scheme of the case names it. */
export interface TrustedIssuer {
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  /** Where its key is published, on this machine; the issuer's own address does not exist. */
  readonly jwksUri: string;
}

/** What a case wants of the gateway besides its file. */
export interface GatewaySetup {
  /** Empty: no token is accepted. */
  readonly issuers: readonly TrustedIssuer[];
  /** Whether X-Forwarded-For of this machine is believed. */
  readonly trustForwardedFor: boolean;
  /** Largest request body, in bytes; undefined: the gateway's default. */
  readonly maxBodyBytes: number | undefined;
  /** Aggregators of the case, named by `@AggregatorType()`. */
  readonly aggregators: readonly AggregatorClass[];
  /** Policies of the case, named by `@PolicyType()`. */
  readonly policies: readonly PolicyClass[];
}

/** A gateway that listens. */
export interface RunningGateway {
  /** Origin, as `http://127.0.0.1:40001`. */
  readonly url: string;
  /** Puts another file in the place of its own; rejects when it is refused. */
  replaceFile(file: JsonObject): Promise<void>;
  close(): Promise<void>;
}

/** Starts a gateway of its own for one case, from a file of Portico's format. Rejects when the file is refused. */
export type StartGateway = (file: JsonObject, setup: GatewaySetup) => Promise<RunningGateway>;
