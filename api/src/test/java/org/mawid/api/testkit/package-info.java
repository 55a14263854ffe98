/** What tests of the edge begin with, whichever engine is behind it: a network to book in, certificates. */
package org.mawid.api.testkit;
