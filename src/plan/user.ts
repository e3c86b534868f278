// The user that the service's containers run as.

/**
 * 10001: above 10000, where judges of hardening want it (kube-score, CKV_K8S_40, KSV-0020), so that it cannot be a user of
 * the host; a number, since `runAsNonRoot` cannot check a name.
 */
export const serviceUser = { uid: 10_001, gid: 10_001 } as const;
