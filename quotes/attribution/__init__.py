"""Who said it: cues, sources and spans of quotes and claims, by rule over dependency trees."""
