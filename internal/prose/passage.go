package prose

// Passage is a paragraph of running text with the heading that it stands below.
type Passage struct{ Section, Text string }
