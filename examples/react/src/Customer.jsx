/** Who the conversation is with. */
export function Customer({ conversation }) {
  const { kind, id, name, external, userId, chatId } = conversation;
  return (
    <section id="customer">
      <h1>{name}</h1>
      <p className="kind">{kind === 'group' ? 'group' : external ? 'customer' : 'colleague'}</p>
      <code>{userId ?? chatId ?? id}</code>
    </section>
  );
}
