/** Code as nobody should write it, outside the house's own packages: house tests are shown it and must complain. */
@org.jspecify.annotations.NullMarked
package planted;
