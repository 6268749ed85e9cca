import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@portico/ocelot';

/** A folder of its own for the file of one gateway. */
export class GatewayFolder {
  readonly file: string;
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
    this.file = join(path, 'gateway.json');
  }

  static async create(): Promise<GatewayFolder> {
    return new GatewayFolder(await mkdtemp(join(tmpdir(), 'conformance-')));
  }

  /** Puts a file in the place of the one that is there, at once: no reader sees half of it. */
  async write(content: JsonObject): Promise<void> {
    const next = `${this.file}.next`;
    await writeFile(next, JSON.stringify(content, null, 2));
    await rename(next, this.file);
  }

  async remove(): Promise<void> {
    await rm(this.#path, { recursive: true, force: true });
  }
}
