import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

const ownerOnly = 0o600;

/**
 * Replaces the content of a file by what `edit` makes of it, as a whole: a reader sees the old or the new one. The new content is written beside it first,
 * to a file that only one writer can create; so writers of several processes do not undo each other's work. A new file is readable for its owner only.
 * @param edit given the content, or undefined where there is no file
 * @throws Error when somebody else is writing, or what `edit` throws; the file is as it was then
 */
export function replaceFile(path: string, edit: (content: string | undefined) => string): void {
  const file = orMissing(() => realpathSync(path)) ?? path;
  const draft = `${file}.new`;
  let descriptor: number;
  try {
    descriptor = openSync(draft, 'wx', ownerOnly);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Error(`${draft} is there: somebody else is changing the file, or was cut off while doing so. Remove it if nobody is.`, { cause: error });
  }
  try {
    try {
      writeSync(descriptor, edit(orMissing(() => readFileSync(file, 'utf8'))));
      const mode = orMissing(() => statSync(file).mode);
      if (mode !== undefined) fchmodSync(descriptor, mode);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function orMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
