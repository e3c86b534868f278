// An IAM statement of one identity, as a neutral fact.

/** The key that an environment's data is encrypted with: its ARN is known to Terraform alone, which puts it in place of this text. */
export const environmentKey = '{kms_key_arn}';

/** Allowed, and nothing beside it. Resources are ARNs, or `environmentKey`. */
export interface AccessStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}
