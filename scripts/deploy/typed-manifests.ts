import ts from 'typescript'

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
}

const file = `${import.meta.dirname}/manifests-to-check.ts`

/**
 * What is wrong with manifests by the types of the Kubernetes API: unknown fields too, which its own schemas let pass. They are written
 * down as the literals of a program that is never run.
 */
export function faultsOf(manifests: readonly Manifest[]): readonly string[] {
  const lines = manifests.map((manifest, index) => `const m${index}: import('kubernetes-models/${manifest.apiVersion}/${manifest.kind}').I${manifest.kind} = ${JSON.stringify(manifest)}`)
  const text = `${lines.join('\n')}\nexport {}\n`
  const options: ts.CompilerOptions = { strict: true, noEmit: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, text, options.target ?? ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest))
  const program = ts.createProgram([file], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start = 0 }) => {
    const { kind, metadata } = manifests[text.slice(0, start).split('\n').length - 1] ?? { kind: '', metadata: { name: '' } }
    return `${kind} ${metadata.name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}
