import { describe, expect, it } from 'vitest';
import { derivedSources } from './derived-sources.mjs';

const derived = (name: string, text: string) => derivedSources([{ name, text }], 'bookworm', 'bullseye').map((file) => file.text);

describe('the sources of another suite', () => {
  it('are those of the own release, with its host and keys, in the form of lines', () => {
    const text = [
      '# deb http://mirror.example/debian bookworm main',
      'deb [signed-by=/keys/a.gpg] http://mirror.example/debian bookworm main contrib # ours',
      'deb-src http://mirror.example/debian bookworm main',
      'deb http://mirror.example/debian bookworm-updates main',
      'deb http://packages.example/tool bookworm stable',
    ].join('\n');
    expect(derived('sources.list', text)).toEqual(['deb [signed-by=/keys/a.gpg] http://mirror.example/debian bullseye main\n']);
  });

  it('are those of the own release, with its host and keys, in the form of paragraphs', () => {
    const text = [
      'Types: deb deb-src\n# a note\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main contrib\nSigned-By: /keys/a.gpg',
      'Types: deb\nURIs: http://mirror.example/security\nSuites: bookworm-security\nComponents: main',
      'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main',
    ].join('\n\n');
    expect(derived('debian.sources', text)).toEqual(['Types: deb\nURIs: http://mirror.example/debian\nSuites: bullseye\nComponents: main\nSigned-By: /keys/a.gpg\n']);
  });

  it('are none where the machine has no entry for its release', () => {
    expect(derived('x.list', 'deb http://packages.example/tool nodistro main')).toEqual([]);
  });
});
