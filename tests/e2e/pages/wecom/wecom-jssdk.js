// Only the SDK, accessible to a test. Its bundle creates no global.
import * as ww from '@wecom/jssdk';

window.sdk = ww;
