/** Stands in for the engine where a test needs one that misbehaves on demand. */
package org.mawid.api.fake;
