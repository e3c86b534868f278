// What to watch on MQTT: nothing of its own, since the broker is somebody else's.
import type { BackingAlert } from '../backing-alert';

/** Its failures are seen in the service's own error ratio, and in business alerts on what the service counts. */
export const alerts: readonly BackingAlert[] = [];
