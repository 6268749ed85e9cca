import type { CreateGatewayOptions, GatewayConfig } from '@portico/gateway';

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/** Reads in the log of a gateway what became of a changed file. */
export class ReloadLog implements NonNullable<CreateGatewayOptions<GatewayConfig>['logDestination']> {
  #waiting: Waiting | undefined = undefined;

  /** Settles with the next reload; rejects with the reason when the file is refused. */
  next(): Promise<void> {
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  }

  write(line: string): void {
    if (!this.#waiting) return;
    const { msg, reason } = JSON.parse(line) as { readonly msg?: string; readonly reason?: string };
    if (msg === 'The configured routes were read anew') this.#waiting.resolve();
    else if (msg === 'The changed routes were refused; the old ones stay') this.#waiting.reject(new Error(reason));
  }
}
