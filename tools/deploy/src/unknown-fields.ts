import { join } from 'node:path';
import ts from 'typescript';
import { nameOf, type KubernetesDocument } from './document.js';
import { moduleOf } from './model-of.js';

const options: ts.CompilerOptions = { noEmit: true, strict: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [] };

/** As TypeScript: one literal for each document, which has to satisfy the type of its kind. */
function textOf(documents: readonly KubernetesDocument[]): string {
  return documents.map((document, index) => `export const document${index} = ${JSON.stringify(document)} satisfies import('${moduleOf(document)}').I${document.kind};`).join('\n');
}

/**
 * What the models' types find wrong with documents: above all fields that they do not know, which an object literal may not have.
 * @param overlays documents by the name of their overlay
 * @returns faults by the name of the overlay
 */
export function unknownFields(overlays: ReadonlyMap<string, readonly KubernetesDocument[]>): ReadonlyMap<string, string[]> {
  // The file is not there; its folder is where the models are looked for from.
  const pathOf = (overlay: string): string => join(import.meta.dirname, `${overlay}.rendered.mts`);
  const texts = new Map([...overlays].map(([overlay, documents]) => [pathOf(overlay), textOf(documents)]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return new Map(
    [...overlays].map(([overlay, documents]) => {
      const file = program.getSourceFile(pathOf(overlay));
      const faults = ts.getPreEmitDiagnostics(program, file).map((diagnostic) => {
        const line = file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
        const document = documents[line];
        return `${document ? nameOf(document) : overlay}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
      });
      return [overlay, faults];
    }),
  );
}
