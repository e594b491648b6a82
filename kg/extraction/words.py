"""What every rule knows of English: small closed lists of words, all in lower case."""

from typing import Final

__all__ = ["BOUNDARY", "EVALUATIVE", "FUNCTION", "NUMBERS", "VERBS", "word_set"]


def word_set(text: str) -> frozenset[str]:
    """Make a set of the words of a text, which is how a long list is best read."""
    return frozenset(text.split())


FUNCTION: Final = word_set(
    """a about across after against all along also although among an and another any are as at be because been before
    being between beyond both but by can cannot could despite did do does due during each either et al eg e.g etc every
    few first for from further furthermore had has have having hence here how however i ie if in including instead into
    is it its itself last like many may might more moreover most much namely nor not of off on once one only onto or
    other others our out over own per rather same second several should since so some such than that the their them
    then there therefore these they third this those though through thus to together too toward towards two under
    unlike until up upon us using various very via was we were what when where whereas whether which while who whom
    whose why will with within without would yet you your three four five six seven eight nine ten versus vs no nor
    neither none always often usually typically generally commonly widely recently currently still already even just
    particularly especially specifically notably finally additionally importantly consequently meanwhile nevertheless
    s t respectively less least fewer largely mainly mostly highly significantly effectively efficiently accurately
    simultaneously automatically jointly directly explicitly adaptively successfully consistently substantially
    inspired compared based according
    """
)

NUMBERS: Final = word_set("""hundred thousand million billion dozen half double triple single multiple""")

VERBS: Final = word_set(
    """accelerate accelerates accelerating accept accessing accommodate accommodates accomplish achieve
    achieved achieves achieving acknowledged acquire acquires acquiring activate activates activating adapt
    adapting adapts add adding address addressed addresses addressing adds adequately adhere adjust
    adjusting adjusts admit admits adopt adopted adopting adopts advance advances advancing advocate
    advocates affect affecting affects aid aiding aim aims align alleviate alleviates alleviating allocate
    allocates allow allowed allowing allows alter altering amplifies amplify amplifying analyse analysing
    analyze analyzed analyzes analyzing annotate annotating anticipate applied applies apply applying
    approaching approximate approximates approximating argue argued arguing arise arrive articulate assemble
    assembling assess assessed assesses assessing assign assigning assigns assist assisting associate
    associating assume assumes assuming attain attaining attend attract augment augmenting augments automate
    automates automating avoid avoiding avoids become becomes becoming begin believe believed belong
    benchmark benchmarked benchmarking benchmarks bind boost boosts breaks bridges bridging bring broadening
    build builds built bypass bypassing calculate calculates calculating calibrate calibrates calibrating
    called capture captures capturing carries carry categorize cause changing characterise characterize
    characterizes characterizing check choose chooses choosing chose circumvent claimed clarifies clarify
    clarifying classifies classify classifying closes closing collect collected combat combine combined
    combines combining communicate compare compares comparing compensate compile compiles complement
    complementing complements completes completing complicate complicates comply compose composing
    comprehend comprehensively compress compresses compressing comprise comprises comprising compromises
    compromising compute computes concentrate concerning conclude concluded concludes conduct conducted
    conducting conducts configure confirm confirmed confirming conform conjecture conjectured connect
    connecting connects consider considered considering considers consists consolidate constitute constrain
    constraining constrains construct constructed constructing constructs contain containing contains
    contribute controlling converge convert converting converts convey conveying cope corrects corroborate
    couples cover covering covers create creates creating curate curated curating customize datasets date
    deal decide decompose decomposes decomposing decouple decouples deduce define defines defining delineate
    deliver demonstrate demonstrated demonstrates demonstrating denote denoted depict deploy deployed derive
    derived derives deriving describe describes describing design designed designing designs detect detected
    detecting detects determine determines determining develop developed developing develops deviate devise
    diagnose diagnosed diagnosing differentiate differentiating diminish diminishes discard discarding
    discards discern disclose discover discriminate discuss discussing disentangle disentangles
    disentangling displaying disrupt disrupting disrupts distill distilling distills distinguish
    distinguishing distort distribute divide divides dividing dominate doubling draw drives dubbed elicit
    eliminate eliminates eliminating elucidate elucidating embed embeds emerged emphasize emphasized
    emphasizes emphasizing employ employed employing employs empower empowering emulate emulating enable
    enabled enables enabling encode encodes encompass encompasses encompassing encountering encourage
    encourages enforce enforces enforcing engage enhance enhances enhancing enjoy enrich enriches enriching
    ensure ensures ensuring entails enter entering enters envision equip equips establish established
    establishes establishing estimate estimating evade evaluate evaluated evaluates evaluating exacerbate
    examine examined examining exceed exceeded exceeding exceeds exclude excluding execute executes
    executing exemplify exert exhibit exhibited exhibits existing expand expanding expands expect
    experiencing experimented explain explaining explains exploit exploiting exploits explore explored
    explores exploring expose exposes exposing express expresses expressing extend extending extends extract
    extracting extracts facilitate facilitates facilitating favoring favors features featuring feeding feel
    find finding finds finetune fits fix fixing flexibly flips focuses follow follows formalize formalizes
    formalizing forming formulate formulates formulating foster found fulfill fuse fuses fusing gather gave
    generalise generalize generalizing generate generates generating get getting give given gives giving
    govern governing governs guarantee guaranteeing guide guides guiding handle happen harness harnessing
    help helps highlight highlighted highlighting hinder hindering hinders holding hope hypothesize
    hypothesized identified identifies identify identifying ignore ignores ignoring illuminate illustrate
    illustrates illustrating images imitate impact impacting impede implement implemented implementing
    implements implies imply implying impose imposes imposing improve improved improves improving
    inadvertently incentivize include included includes incorporate incorporated incorporates incorporating
    increase increased increases incurring indicate indicated indicates indicating induce induces infer
    inferring infers influencing inform informing informs inherit inhibit initialize initiate inject insert
    inserting inspect inspecting inspire instantiate integrate integrated integrates integrating
    intelligently intend intensified interfere internalize interpret interpreting interprets intervene
    introduce introduced introduces introducing investigate investigated investigating invoke invoking
    involves involving is isolate isolates isolating joining judging justify keep keeping keeps knowing
    known knows lack lacks laying lead leads learn learns leave leaving let leverage leveraged leverages
    leveraging lifts limit limiting linking localize localizes localizing locate locating lose loses losing
    lowering lowers made maintain maintaining maintains make makes making manage manages manipulate
    manipulating marking matches maximize maximizes maximizing measured measuring mediate meet meeting meets
    memorize merges mimic mimicking mimics minimize minimizes minimizing mirroring mirrors mislead mitigate
    mitigates mitigating models modifies modify modifying modulate modulates modulating monitor motivate
    motivating move named narrowing navigate navigating necessarily necessitates necessitating need needing
    needs neglect neglecting networks obey obeys obscure obscuring observe observes observing obtain
    obtained obtaining obtains occupy occur offer offering offers opening opens operate operationalize
    optimise optimize optimizes optimizing orchestrate orchestrates organize outline outlining outperform
    outperformed outperforming outperforms overcome overcomes overcoming overestimate overfit overlook
    overlooking overlooks override pairing parameterize parse participate partitions pave paving perceive
    perform performed performing performs permit permits personalize perturbing pinpoint placing played
    playing posing posit possess possesses possessing predict predicting predicts prepare preparing present
    presented presenting presents preserve preserves preserving pretrain prevent prevented preventing
    prevents prioritize prioritizes proactively proceed produce produces projecting promote promotes
    propagate propose proposed proposes proposing protect protecting prove proved proves provide provided
    provides providing proving prune publish published pursue pursuing push pushes pushing puts putting
    quantifies quantify quantifying raise raises raising reach reached reaches reaching realize realizes
    realizing receives recognize recognizing recommend reconcile reconstruct reconstructing reconstructs
    recover recovering recovers redesign reduce reduced reduces reducing refer refine refines refining
    reflect reflecting reflects reformulate reformulates reframe regarding regularize regulate regulates
    reinforce reinforcing reject relate relates relating relax relaxing released releasing relies remain
    remains remedy remove removes removing render renders repeating replace replaces replacing replicate
    replicating report reported represent representing represents reproduce reproduces reproducing require
    required requires requiring resemble resembles resembling reshape reshaping reside resist resolve
    resolves resolving respects restore restores restoring restrict restricting restricts resulting retain
    retaining retains rethinking retrieve reuses reusing reveal revealed revealing reveals reversing
    reviewing revise revisit revolutionize revolutionized rewrites rigorously sampled satisfies satisfy
    satisfying save scale scales scans seeing seek sees segment segmenting select selecting selects sends
    separates separating serve serves shaping shares shed shortening show showcase showcasing showed showing
    shown shows simplifies simplify simplifying simulate simulates simulating solve solves solving spanning
    sparked speak specifies specify specifying stabilize stabilizes standardized steer steers stimulate
    storing streamline strengthen strengthening strengthens struggle struggles studied study studying submit
    substantiate succeed suffer suffers suggest suggested suggesting suggests summarize summarizes
    summarizing supervise supplement supplies supported supporting supports suppress suppresses suppressing
    surpass surpassed surpasses surpassing survive sustain synchronize synthesize systematically tackle
    tackles tackling tailor tailoring take taken takes targeting teach tell termed test tested testing track
    tracked train trained trains transferring transformed transforming translate transmits traverse
    traversing treat treating treats try tune uncover uncovered uncovering uncovers undergo undergoes
    underlie underlies undermine undermines undermining underpin underpinning underpins underscoring
    understand undertake underwent unfold unifies unify unlock unlocking unlocks unveil use used uses
    utilise utilize utilized utilizes utilizing validate validated validates validating verifies verify
    verifying violate violating visualize visualizes visualizing volumes watching weakening weakens widening
    wish witnessed writes yield yielded yielding yields
    """
)

EVALUATIVE: Final = word_set(
    """accurate advanced available average best better challenging common comparable competitive complete complex
    comprehensive consistent conventional cost current different difficult diverse effective efficient emerging
    enhanced entire existing extensive fast faster final following general generalizable good great high higher highest
    important improved innovative key large larger largest latest leading lightweight low lower lowest main major many
    meaningful modern necessary new newly novel original overall particular popular possible potential powerful precise
    present previous primary prior private promising proposed public publicly real realistic recent related relevant
    reliable representative rich robust scalable significant similar simple small sophisticated specialized specific
    state strong substantial successful suitable superior traditional trustworthy typical unique useful valuable vital
    wide automatic automated timely rapid unprecedented unseen art outstanding remarkable respective corresponding
    versatile standard baseline classical modified custom critical crucial essential flexible interpretable initial
    pretrained pre-trained downstream annotated frozen paired fine-tuned individual additional distinct generated
    deployable labeled labelled unlabeled simultaneous future surrounding explicit subsequent optimized segmented
    direct minimal independent median preventable external extensible fair detailed vanilla separate controllable
    registered targeted physical matched acquired smaller fixed associated practical prevalent severe preliminary
    transferable optional routine poor reproducible observed generic portable accessible complementary marginal
    careful perfect stronger dedicated certain expensive quick prominent rough basic suspicious lengthy irregular
    intuitive equitable native simplified persistent proprietary excellent intelligent personalized compact
    data-efficient general-purpose non-invasive noninvasive high-resolution resource-efficient expert-level
    low-contrast high-accuracy high-fidelity high-performing open-weight off-the-shelf next-generation
    """
)

BOUNDARY: Final = FUNCTION | NUMBERS | VERBS | EVALUATIVE
"""No name grows to the left over one of these."""
