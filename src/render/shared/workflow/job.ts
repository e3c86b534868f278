// What a workflow is made of, before it is laid out: every permission with its reason, every step with a name.

/** One scope of a job's token. */
export interface Permission {
  readonly scope:
    | 'actions'
    | 'attestations'
    | 'contents'
    | 'id-token'
    | 'issues'
    | 'packages'
    | 'pull-requests'
    | 'security-events';
  readonly access: 'read' | 'write';
  /** Written beside it. */
  readonly why: string;
}

export type Scalar = string | number | boolean;

export interface Step {
  readonly name: string;
  /** Written above the step. */
  readonly why?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, Scalar>>;
  readonly env?: Readonly<Record<string, Scalar>>;
  readonly 'working-directory'?: string;
  /** Shell text without any expression: values come by `env`. */
  readonly run?: string;
}

export interface Job {
  /** Key under `jobs`. */
  readonly id: string;
  readonly name: string;
  /** Written above the job. */
  readonly why: string;
  readonly needs: readonly string[];
  readonly if: string | null;
  readonly permissions: readonly Permission[];
  /** The GitHub environment, with the comment that says what has to be set up there. */
  readonly environment: { readonly name: string; readonly url: string | null; readonly setUp: string } | null;
  /** Jobs of one group run one after another. */
  readonly concurrencyGroup: string | null;
  readonly timeoutMinutes: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, Scalar>>;
  readonly steps: readonly Step[];
}

/** What most jobs have: no needs, no condition, no environment, nothing to hand on. */
export const plainJob = {
  needs: [],
  if: null,
  environment: null,
  concurrencyGroup: null,
  outputs: {},
  env: {},
} as const;

export const readContents: Permission = { scope: 'contents', access: 'read', why: 'to check out' };
