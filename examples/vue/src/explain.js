/** An error, in words for the staff who use the page. */
export function explain({ code, message }) {
  if (code === 'timeout') return 'The console did not answer. Please look whether it happened.';
  if (code === 'conversation_changed') return 'Another conversation is open now. Nothing was sent.';
  if (code !== 'fail') return message;
  const reason = message.replace(/^\w+:fail ?/, '');
  return reason ? `The console refused: ${reason}` : 'The console refused.';
}
