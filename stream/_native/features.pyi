from stream.cleaning.label.features_plain import candidates as candidates
from stream.cleaning.label.features_plain import first_pass as first_pass
from stream.cleaning.label.features_plain import probabilities_of as probabilities_of
from stream.cleaning.label.features_plain import second_pass as second_pass
