// Tells in which folder a projen project's declaration is looked for.

/** Set by `groundwork diff`, which runs .projenrc.ts in another folder. */
export const repositoryVariable = 'GROUNDWORK_REPOSITORY';

export const repositoryFolder = (outdir: string): string => process.env[repositoryVariable] ?? outdir;
