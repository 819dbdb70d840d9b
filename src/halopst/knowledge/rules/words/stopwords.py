"""Words that tell texts apart as little as commas do, and words that only say what is sought."""

_GRAMMAR = """
ada adalah adanya agar akan aku alias anda antara antaranya apabila atas atau bagi bahkan bahwa banyaknya
begitu belum berada berbagai bila bisa boleh bukan bukankah bukanlah cuma dan dapat dapatkah dari
daripada dalam demi demikian dengan deh di dia dll dong dsb hanya hingga ia ialah ini inilah itu itulah
jadi jika juga kah kalau kalian kami kamu kan karena karenanya ke kemudian kepada ketika kita kok lagi
lah lain lainnya lalu maka makanya masih maupun melainkan memang mempunyai memiliki menjadi menurut
merupakan mereka namun nya oleh olehnya pada padahal para pernah pula pun punya saat saja sambil sampai
sang saya se seakan sebab sebagai sebagaimana sebuah sedang sedangkan sehingga sejak sekali selain selama
seluruh semua sementara seorang seperti seraya serta sesuatu setelah setiap si sih suatu sudah sudahkah
supaya tadi tanpa tapi telah tentang terhadap ternyata tersebut tetapi tiap tidak tidakkah untuk walau
walaupun ya yaitu yakni yang
"""
_ASKING = """
apa apakah apaan apanya siapa siapakah siapapun berapa berapakah berapapun kapan kapankah mana manakah
dimana dimanakah kemana kemanakah darimana mengapa mengapakah kenapa kenapakah bagaimana bagaimanakah
arti artinya maksud maksudnya gimana knp brp gmn dmn tolong mohon sebutkan jelaskan jelasin beritahu
kasih tau tahu tanya bertanya mau ingin minta min kak pak bu dong yuk nih
dimaksud dimaksudkan definisi pengertian beda bedanya tuh gak nggak ga enggak kagak aja yg dgn utk udah dah
kayak banget sebenarnya
"""
_ENGLISH = (
    "the a an of in on at is are was were and or to for by with what who when where how why which many much"
)

STOP = frozenset(_GRAMMAR.split()) | frozenset(_ASKING.split()) | frozenset(_ENGLISH.split())
