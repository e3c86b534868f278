// What the stand-in on a laptop writes down: nothing.
import { type AuditByRuns, auditedOnLaptop } from '../audited';

export const audit: AuditByRuns = auditedOnLaptop({
  recorded: [],
  missing: 'Requests: what stands in for S3 here holds data of one developer. In an account CloudTrail records them.',
  where: null,
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging.html',
});
