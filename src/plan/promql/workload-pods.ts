// Turns the name of a Deployment or Rollout into the regular expression of its pods' names.
import { escapeRegex } from './escape';

/**
 * Kubernetes encodes the hash of a pod template and the suffix of a pod with these letters only (no vowels):
 * https://pkg.go.dev/k8s.io/apimachinery/pkg/util/rand. So `shop` does not match pods of `shop-worker` or of the Job `shop-migrate`.
 */
const safe = '[bcdfghjklmnpqrstvwxz2456789]';

export const podsOf = (workload: string): string => `${escapeRegex(workload)}-${safe}{1,10}-${safe}{5}`;

/** A pod name that the expression of the same workload matches: for the rules' proofs. */
export const examplePod = (workload: string, number: number): string =>
  `${workload}-7d9c6b5f48-${'bcdfg'[number % 5]}x2k${4 + (number % 6)}`;
