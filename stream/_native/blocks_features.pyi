from stream.cleaning.features import candidates as candidates
from stream.cleaning.features import first_pass as first_pass
from stream.cleaning.features import second_pass as second_pass
