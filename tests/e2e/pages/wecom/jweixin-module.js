// The SDK alone, where a test can reach it. It exports nothing, and makes its globals by itself.
import 'jweixin-module';

window.sdk = window.wx;
