// What one service may do in a Redis, wherever it runs.

/**
 * Everything on data, nothing that administers the server. INFO is in @dangerous but is what clients ask before they are ready:
 * https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
 */
export const rights = '~* &* +@all -@admin -@dangerous +info';
