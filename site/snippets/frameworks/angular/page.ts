import { Component, computed } from '@angular/core';
import { Greeting } from './greeting';
import { fromStore, juzi } from './juzi';

@Component({
  selector: 'app-page',
  imports: [Greeting],
  template: `
    @if (helper().state === 'outside') {
      <p>Open this page in Juzi ({{ helper().env?.reason }}).</p>
    } @else if (open().error; as error) {
      <p role="alert">{{ error.message }} <button (click)="refresh()">Try again</button></p>
    } @else {
      <main>
        <h1>{{ open().conversation?.name ?? '…' }}</h1>
        <!-- A new form for each conversation: what was sent belongs to its conversation. -->
        @for (conversation of shown(); track conversation.id) {
          <app-greeting [conversation]="conversation" />
        }
      </main>
    }
  `,
})
export class Page {
  protected readonly helper = fromStore(juzi.helper);
  protected readonly open = fromStore(juzi.conversation);
  protected readonly refresh = juzi.conversation.refresh;
  protected readonly shown = computed(() => {
    const { conversation } = this.open();
    return conversation ? [conversation] : [];
  });
}
