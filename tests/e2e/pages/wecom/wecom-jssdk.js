// The SDK alone, where a test can reach it: the bundle makes no global of it.
import * as ww from '@wecom/jssdk';

window.sdk = ww;
