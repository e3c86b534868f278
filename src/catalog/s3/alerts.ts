// What to watch on S3: nothing of its own, since the metrics of a bucket are CloudWatch's.
import type { BackingAlert } from '../backing-alert';

/** Its failures are seen in the service's own error ratio, and in business alerts on what the service counts. */
export const alerts: readonly BackingAlert[] = [];
