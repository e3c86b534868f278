// Kubernetes lines on EKS and the last day of their standard support.

// https://endoflife.date/amazon-eks
export const kubernetesEndOfLife: Readonly<Record<string, string>> = {
  '1.32': '2026-03-23',
  '1.33': '2026-07-29',
  '1.34': '2026-12-02',
  '1.35': '2027-03-27',
  '1.36': '2027-08-02',
};
