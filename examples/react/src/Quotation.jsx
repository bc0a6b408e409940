import { useState } from 'react';
import { useSendMessage } from 'juzi-helper-wasm/react';
import { Problem } from './Problem.jsx';

/** The form that sends a quotation into this conversation only, even if the user opens another one meanwhile. */
export function Quotation({ conversation }) {
  const [article, setArticle] = useState('Spring tea, 500 g');
  const [price, setPrice] = useState('268');
  const [sent, setSent] = useState(false);
  const { send, pending, error } = useSendMessage();

  async function submit(event) {
    event.preventDefault();
    setSent(false);
    // The helper refuses an empty text with an error that names it.
    const content = article.trim() && `${article.trim()}: ${price.trim() ? `¥${price.trim()}` : 'price on request'}`;
    setSent(await send({ msgtype: 'text', text: { content } }, { to: conversation }));
  }

  return (
    <form onSubmit={submit}>
      <label>
        Article <input name="article" value={article} onChange={(event) => setArticle(event.target.value)} />
      </label>
      <label>
        Price <input name="price" inputMode="decimal" value={price} onChange={(event) => setPrice(event.target.value)} />
      </label>
      <button disabled={pending}>Send the quotation</button>
      {sent && <p role="status">Sent.</p>}
      {error && <Problem error={error} />}
    </form>
  );
}
