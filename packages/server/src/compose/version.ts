import manifest from '../../package.json' with { type: 'json' }

/** As released; shown in metrics and in the API's description. */
export const version: string = manifest.version
