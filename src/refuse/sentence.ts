// Puts the environments before what was found in them.
export const sentence = (environments: readonly string[], message: string): string => {
  if (environments.length > 0) return `In ${environments.join(' and ')}: ${message}`;
  // A message that begins with a name keeps it as it is.
  return /^[a-z]+ /.test(message) ? `${message[0]?.toUpperCase() ?? ''}${message.slice(1)}` : message;
};
