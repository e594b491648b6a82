"""Words of everyday English and of every abstract: as names of concepts they would be found in nearly every text."""

from typing import Final

__all__ = ["COMMON"]

_WORDS = """
a about above across act action add after again age aim air all also alternative among an and animal answer
any as ask aspect associated at attack author average back bad balance bar base be because bed before behavior
being below best between big bit black block blue book both bottom box boy break bridge bring broken brown but
by call can care carry case cat cause center central chance change check child class clear client clinic close
code cold color come common company complete complex component condition content context control core cost
count country course cover cross cut data date day dead deal death degree demand depth design detail die
different direct disease disorder distance do document dog door double down draw drive drop drug dry due early
earth east easy eat edge effect end energy error even event ever every exam example expert fact factor fall
false family far fast fat father feature feel few field figure file fill final find fire first fish fit five
flat flow fly follow food for force form found four frame free from front full function future gain game
general get girl give go gold good great green ground group grow growth guide half hard have he health hear
heat heavy height help here high hold hole home hospital hot hour house how human ice idea if ill illness
image in index inside issue it item join just keep key kind know lack land language large last late
layer lead learn least left length less level life light like limit line link list little live local long look
loss lot love low machine main make male man many map mark mass match material matter mean measure medical
medicine member memory method middle mind minor minute model more morning most mother motion move much name
natural nature near need network new night nine no noise normal north not note novel now number object of
off office often old on once one only open or order other our out outcome output over own page pair paper part
past path patient pattern people period person physical picture piece place plan plant play point poor
population position power practice present pressure primary problem procedure process product program property
public pull push put quality question quick race rain raise range rapid rate ratio raw reach read ready real
reason record red reduction region relation release report research resource response rest result right ring
rise risk river road role room root round row rule run safe salt same sample say scale school science score
sea search season second see sensitive sensitivity sequence serious set severe sex shape share she shift short
shot show side sign signal simple single site situation size skill slow small smoke social soft solid
some sound source south space special speed spot spread stage stand standard star start state status stay step
still stop story strain strong structure study subject such sun support sure surface survey switch
symptom syndrome system table take talk target task team tell ten term test text than that the theory therapy
there they thin thing think this three through time to together tool top total touch town track train
treatment tree trial true truth try turn two type under unit up use user valley value variable various version
very view visit voice volume wait walk wall want war warm was wash waste water wave way we weak wear week
weight well west wet what when where which while white who whole why wide wild will wind window winter with
woman wood word work world wrong year yellow yes you young zone
"""

COMMON: Final = frozenset(_WORDS.split())
"""As normal forms (`kg.text.normal_form`)."""
