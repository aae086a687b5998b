/** API keys: format, issue, rotation, revocation and the authentication of each request. */
@NullMarked
package dev.vectorhub.apikey;

import org.jspecify.annotations.NullMarked;
