// Only the SDK, accessible to a test. It exports nothing and creates its own globals.
import 'jweixin-module';

window.sdk = window.wx;
